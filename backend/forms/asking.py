"""What a field of a form asks for, in the terms of a language: words, lists and limits of the store."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from backend.domain.field_spec import ChoiceSpec, FieldSpec, PartSpec, Words
from backend.domain.form_spec import FormSpec
from backend.domain.spec import in_language
from backend.language.asked import Asked, Choice
from backend.language.named import region_of
from backend.language.store_words import expand
from backend.language.turn_memory import current_memory

__all__ = ["asked_of"]

_MOST = 1024
_kept: dict[tuple[int, int, str], tuple[FormSpec, FieldSpec, Asked]] = {}


def asked_of(
    form: FormSpec,
    field: FieldSpec,
    language: str,
    now: datetime,
    *,
    question: str = "",
    caller: str = "",
    told: bool = False,
    brief: bool = False,
) -> Asked:
    """The question for one field of a form, as the readers of ``language`` want it.

    Args:
        form: the form; its lists and its vocabulary belong to its fields.
        field: the field that is asked for.
        language: of the call, as "es-MX".
        now: the caller's local date and time.
        question: the words that were asked; left out: the field's own.
        caller: the caller's own name, where it is known.
        told: the words were no answer to it, but may tell it in passing.
        brief: it is to be said in few words.
    """
    always = _always(form, field, language)
    memory = current_memory()
    if memory is None or memory.kept is None:
        return _for_now(always, now, question, caller, told=told, brief=brief)
    key = (asked_of, id(always), now, question, caller, told, brief)
    known: tuple[Asked, Asked] | None = memory.kept.get(key)
    if known is None:
        # While it is kept, no other has its id.
        known = (always, _for_now(always, now, question, caller, told=told, brief=brief))
        memory.keep(key, known)
    return known[1]


def _for_now(always: Asked, now: datetime, question: str, caller: str, *, told: bool, brief: bool) -> Asked:
    parts = {name: replace(part, now=now) for name, part in always.parts.items()}
    asked = question or always.question
    return replace(always, now=now, parts=parts, question=asked, caller=caller, told=told, brief=brief)


def _always(form: FormSpec, field: FieldSpec, language: str) -> Asked:
    """What does not change from call to call, made once: a field may have hundreds of words, and each answer asks for
    several fields. Of the same objects, since what the store says never changes and cannot be compared in less time.
    """
    key = (id(form), id(field), language)
    known = _kept.get(key)
    if known is None:
        if len(_kept) >= _MOST:
            _kept.clear()  # of forms that have had their day, or of too many
        # While these are kept, no others have their ids.
        known = _kept[key] = (form, field, _made(form, field, language))
    return known[2]


def _made(form: FormSpec, field: FieldSpec, language: str) -> Asked:
    texts = field.texts_in(language)
    named = form.lists.get(field.values or "", {})
    now = datetime.min
    return Asked(
        kind=field.kind,
        now=now,
        region=region_of(language),
        question=texts.ask if texts else "",
        choices=(*_choices(field.choices, form, language), *_names(named, form.also)),
        digits=field.digits,
        pattern=field.pattern,
        past=field.past,
        future=field.future,
        parts={part.name: _part(part, form, language, now) for part in field.parts},
        prevails=field.prevails,
        ordered=field.ordered,
        otherwise=field.otherwise,
        beside=_words(field.beside, language),
        told_with=_told_with(field, form, language),
        learned=form.learned(field, language),
    )


def _choices(choices: Iterable[ChoiceSpec], form: FormSpec, language: str) -> tuple[Choice, ...]:
    lists = {name: "|".join(_words(words, language)) for name, words in form.vocabulary.items()}
    return tuple(Choice(one.value, expand(_words(one.words, language), lists), offered=one.offered) for one in choices)


def _told_with(field: FieldSpec, form: FormSpec, language: str) -> tuple[str, ...]:
    """The words, with those of a list in the place of its name. Names of other fields' lists are told beside a place:
    "main street and fifth avenue, a 2019 honda civic".
    """
    lists = {f"{{{name}}}": _words(words, language) for name, words in form.vocabulary.items()}
    told = tuple(word for one in _words(field.told_with, language) for word in lists.get(one, (one,)))
    if field.kind != "address":
        return told
    named = (word for names in form.lists.values() for group, of in names.items() for word in (group, *of))
    return (*told, *named, *(word for words in form.also.values() for word in words))


def _names(listed: Iterable[str], also: Mapping[str, tuple[str, ...]], of: str | None = None) -> tuple[Choice, ...]:
    return tuple(Choice(name, also.get(name, ()), of) for name in listed)


def _part(part: PartSpec, form: FormSpec, language: str, now: datetime) -> Asked:
    """A part of a group. Names that depend on another part may be other ones than the list has: a rare model."""
    named = form.lists.get(part.values or "", {})
    choices = _choices(part.choices, form, language)
    if part.values and part.within:
        inner = tuple(one for name, names in named.items() for one in _names(names, form.also, of=name))
        none = Choice(None, _words(form.no_names, language))
        return Asked("text", now, region_of(language), choices=(*choices, *inner, none))
    return Asked(part.kind, now, region_of(language), choices=(*choices, *_names(named, form.also)), digits=part.digits)


def _words(words: Words, language: str) -> tuple[str, ...]:
    return in_language(words, language) or ()
