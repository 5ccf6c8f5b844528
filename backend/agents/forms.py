"""Checks the forms of a store: what they refer to is there, and says something in every language that is spoken."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from backend.agents.checked import Source
from backend.agents.form_values import subject_faults, value_faults
from backend.agents.problem import Fault, Place, Problem, nearest
from backend.agents.unused_options import unused_by_fields
from backend.domain.agent import AgentSpec
from backend.domain.callback import CALL_BACK_CASE
from backend.domain.case_number import NumberPattern
from backend.domain.condition import VERIFIED, Condition, fields_of
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec, NextStepsSpec
from backend.domain.pattern import pattern_fault
from backend.domain.spec import in_language
from backend.domain.tool import ToolNames
from backend.errors import ConfigError

__all__ = ["check_forms", "check_subjects", "with_forms"]


_GAP = re.compile(r"\{(\w+)\}")
_SAID_ABOUT = {
    "lead": (), "changed": ("changes",), "alone": ("changes",), "stays_open": ("label",), "as_you_said": ("label",),
    "still_open": ("labels",), "text": ("company", "plain_number"), "waits_call": ("phone",),
    "phone_heard": ("phone",),
}  # fmt: skip
"""Gaps of the texts around the fields; the others may name fields and {number}."""


def with_forms(tools: ToolNames, forms: Mapping[str, FormSpec]) -> ToolNames:
    """What agents may name: besides what there is, the tools of each form."""
    sets, requires = dict(tools.sets), dict(tools.requires)
    for form in forms.values():
        for name in form.tool_names:
            sets[name] = frozenset({name})
            if form.requires and not (form.first and name == form.first.tool):
                requires[name] = form.requires
    return replace(tools, sets=sets, requires=requires)


def check_forms(
    forms: Mapping[str, FormSpec],
    agents: Mapping[str, AgentSpec],
    lines: Mapping[str, LineSpec],
    sources: Mapping[str, Source],
    lost: Mapping[str, frozenset[str]],
) -> list[Problem]:
    """Everything that is wrong with these forms, and can be known without a call."""
    problems: list[Problem] = []
    for form in forms.values():
        key = f"form:{form.name}"
        faults = [*_name_faults(form), *_own_faults(form), *_language_faults(form, _languages(form, agents, lines))]
        outdated = [*value_faults(form), *unused_by_fields(form)]
        unread = lost.get(key, frozenset[str]())
        problems += [sources[key].problem(path, said) for path, said in faults if not path or path[0] not in unread]
        problems += [
            replace(sources[key].problem(path, said), outdated=True) for path, said in outdated if path[0] not in unread
        ]
        problems += [] if {"tools", "name"} & unread else _clashes(form, forms, sources[key])
    return problems


def check_subjects(
    forms: Mapping[str, FormSpec],
    attributes: Collection[str],
    sources: Mapping[str, Source],
    lost: Mapping[str, frozenset[str]],
) -> list[Problem]:
    """Does any identity let out what these forms ask of a caller's record?"""
    problems: list[Problem] = []
    for form in forms.values():
        key = f"form:{form.name}"
        unread = lost.get(key, frozenset[str]())
        faults = [(path, said) for path, said in subject_faults(form, attributes) if path[0] not in unread]
        problems += [replace(sources[key].problem(path, said), outdated=True) for path, said in faults]
    return problems


def _name_faults(form: FormSpec) -> list[Fault]:
    taken = f"no form can be named {CALL_BACK_CASE}: that is what wishes to be called back are among cases"
    return [(("name",), taken)] if form.name == CALL_BACK_CASE else []


def _languages(form: FormSpec, agents: Mapping[str, AgentSpec], lines: Mapping[str, LineSpec]) -> dict[str, str]:
    """The languages of the lines whose agents use it, and a line of each."""
    using = {name for name, agent in agents.items() if any(use.name in form.tool_names for use in agent.uses())}
    return {language: line.name for line in lines.values() if using & set(line.agents) for language in line.languages}


def _clashes(form: FormSpec, forms: Mapping[str, FormSpec], source: Source) -> list[Problem]:
    """Tools that another form has, too."""
    taken = {name: other.name for other in forms.values() if other.name < form.name for name in other.tool_names}
    return [
        source.problem(("tools",), f"the tool {name!r} is one of the form {taken[name]}")
        for name in form.tool_names
        if name in taken
    ]


def _own_faults(form: FormSpec) -> Iterator[Fault]:
    names = [field.name for field in form.fields]
    for index, name in enumerate(names):
        if name in names[:index] or name in {VERIFIED, "subject"}:
            why = "is there twice" if name in names[:index] else "is kept for conditions"
            yield ("fields", index, "name"), f"the name {name!r} {why}; expected another one"
    try:
        NumberPattern(form.number)
    except ConfigError as error:
        yield ("number",), str(error)
    yield from _unknown(("last",), form.last, names)
    yield from _unknown(("unverified",), form.unverified, names)
    yield from _unknown(("story",), [form.story] if form.story else [], names)
    yield from _unknown(("first", "field"), [form.first.field] if form.first else [], names)
    for index, alike in enumerate(form.alike):
        yield from _unknown(("alike", index, "fields"), alike.fields, names)
    for index, step in enumerate(form.steps):
        yield from _condition_faults(("steps", index, "when"), step.when, names)
        if step.line is not None and step.line not in NextStepsSpec.model_fields:
            known = nearest(step.line, NextStepsSpec.model_fields)
            yield ("steps", index, "line"), f"a line's next_steps have no {step.line!r}{known}"
    for part in form.parts:
        if not any(field.part == part for field in form.fields):
            yield ("parts",), f"no field has the part {part!r}; it would never be read"
    for index, field in enumerate(form.fields):
        yield from _field_faults(form, field, ("fields", index), names[:index], names)


def _field_faults(
    form: FormSpec, field: FieldSpec, place: Place, earlier: list[str], names: list[str]
) -> Iterator[Fault]:
    yield from _condition_faults((*place, "when"), field.when, earlier, names)
    for index, known in enumerate(field.known):
        yield from _condition_faults((*place, "known", index, "when"), known.when, earlier, names)
    for index, clause in enumerate(field.says):
        yield from _condition_faults((*place, "says", index, "when"), clause.when, names)
    if field.part is not None and field.part not in form.parts:
        yield (*place, "part"), f"there is no part {field.part!r}{nearest(field.part, form.parts)}"
    if field.confirm and field.kind != "phone":
        yield (*place, "confirm"), f"only a phone is read back by itself, {field.name} is not; give it a part instead"
    if field.part is None and not field.confirm and field.name not in form.unverified:
        yield place, f"{field.name} is never read back; give it a part of the read-back, or confirm: true"
    for key, value in (("relationship", field.relationship), ("companions", field.companions)):
        yield from _unknown((*place, key), [value] if value else [], names)
    for index, part in enumerate(field.parts):
        yield from _unknown((*place, "parts", index, "values"), [part.values] if part.values else [], form.lists)
        others = [other.name for other in field.parts[:index]]
        yield from _unknown((*place, "parts", index, "within"), [part.within] if part.within else [], others)
    yield from _unknown((*place, "values"), [field.values] if field.values else [], form.lists)
    yield from _list_faults(form, field, place)
    yield from _kind_faults(field, place)


def _list_faults(form: FormSpec, field: FieldSpec, place: Place) -> Iterator[Fault]:
    """Lists that words name in braces, and that the vocabulary does not have in that language."""
    where = [((*place, "told_with"), field.told_with)]
    where += [((*place, "choices", at, "words"), choice.words) for at, choice in enumerate(field.choices)]
    for path, by_language in where:
        for language, words in by_language.items():
            there = [name for name, listed in form.vocabulary.items() if in_language(listed, language)]
            for name in dict.fromkeys(gap for word in words for gap in _GAP.findall(word)):
                if name not in there:
                    yield (*path, language), f"the vocabulary has no list {name!r} in {language}{nearest(name, there)}"


def _kind_faults(field: FieldSpec, place: Place) -> Iterator[Fault]:
    if field.kind == "group" and not field.parts:
        yield place, f"{field.name} is a group without parts; name them under parts"
    if field.kind == "choice" and not (field.choices or field.values):
        yield place, f"{field.name} is a choice without choices"
    if why := pattern_fault(field.pattern):
        yield (*place, "pattern"), why


def _condition_faults(
    place: Place, condition: Condition, names: Iterable[str], all_names: Iterable[str] = ()
) -> Iterator[Fault]:
    known = {VERIFIED, *names}
    for name in fields_of(condition):
        if name in known:
            continue
        if name in set(all_names):
            yield place, f"the condition looks at {name!r}, which is asked later; expected a field before this one"
        else:
            yield place, f"the condition looks at {name!r}, which is no field{nearest(name, known)}"


def _unknown(place: Place, wanted: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    there = list(known)
    for name in wanted:
        if name not in there:
            yield place, f"there is no {name!r}{nearest(name, there)}"


def _language_faults(form: FormSpec, languages: Mapping[str, str]) -> Iterator[Fault]:
    for language, line in sorted(languages.items()):
        if form.texts_in(language) is None:
            yield ("texts",), f"the line {line} speaks {language}, and there are no texts for it"
        if form.first and form.first.texts_in(language) is None:
            yield ("first", "texts"), f"the line {line} speaks {language}, and there are no texts for it"
        for index, field in enumerate(form.fields):
            texts = field.texts_in(language)
            if texts is None or not texts.ask:
                yield ("fields", index), f"the line {line} speaks {language}, and {field.name} asks nothing in it"
    names = {field.name for field in form.fields}
    for language, texts in form.texts.items():
        for key, said in texts:
            parts = [said] if isinstance(said, str) else list(said) if isinstance(said, tuple) else []
            allowed = set(_SAID_ABOUT.get(key, (*names, "number")))
            for gap in (gap for part in parts for gap in _GAP.findall(str(part)) if gap not in allowed):
                yield ("texts", language, key), f"nothing is known of {{{gap}}}{nearest(gap, allowed)}"
