"""A correction that says which part is wrong, and not how: "the date is wrong". That part is asked for anew."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.answers import ANSWERS, Answers, correct, named_in
from backend.forms.filling import Filling
from backend.forms.reading import language_reading
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.words import words_of
from backend.tool_store.repair import left_open, understood

__all__ = ["ask_anew", "put_right", "was_settled"]


def put_right(filling: Filling, saved: Mapping[str, Any], about: About) -> dict[str, Any]:
    """What the caller's words put right while a read-back or a correction is open.

    Fields that they only name are noted, for :func:`ask_anew`.
    """
    text, language = filling.ctx.caller_text, filling.ctx.language
    consent, talk = consent_in(language, text), language_named(language).talk
    bare = consent == "yes" or (consent == "no" and filling.open_name == "confirmation")  # holds no value
    if filling.open_name not in ANSWERS:
        return {}
    others = {} if talk.asks_back(text) else dict(_somebody_else(filling, text, saved, about))
    if bare and not others:
        return {}
    disagrees = filling.open_name == "correction" or consent in ("no", "correction") or bool(others)
    if not disagrees or talk.asks_back(text) or talk.nothing_to_change(text):
        return correct(filling, text, saved, about)
    told = named_in(filling, text, saved, about)
    wrong = {name: words for name, words in _named(filling, text, saved) if name not in told}
    wrong |= {one.name: wrong.get(one.name, list[str]()) for one, _ in others.values()}
    wrong |= {name: wrong.get(name, list[str]()) for name in _left_open(filling, text, saved, told, about)}
    if not wrong:
        return _new(told, saved)
    filling.facts.put(filling.facts.ANEW, list(wrong))
    understood(filling.ctx, filling.open_name)
    right = correct(filling, _without(text, wrong.values()), saved, about)
    spoken = [filling.form.said_of(one.story_words) or () for one, _ in others.values()]
    if spoken and not filling.tells(_without(text, spoken), about):
        right.pop(filling.spec.story or "", None)  # "it was my wife who drove" tells nothing of what happened
    return right | {name: kin for name, (_, kin) in others.items()}


def ask_anew(filling: Filling, answers: Answers) -> ToolOutcome | None:
    """The question for the next field that was called wrong; ``None`` when there is none.

    What a book knows is not offered again: it was that, or may have been.
    """
    noted = filling.facts.get(filling.facts.ANEW, [])
    left = [name for name in noted if name not in answers.fields]
    while left:
        filling.facts.put(filling.facts.ANEW, left)
        question = filling.form.question(filling.form.field(left[0]), ())
        if filling.open_name != left[0] or filling.is_being_asked(left[0]):
            return filling.put(question, "The caller says that this is not right.")
        outcome = filling.repair(question, "The caller says that this is not right.")
        if left_open(outcome) is None:
            return outcome
        left = left[1:]
    filling.facts.pop(filling.facts.ANEW)
    return None


def was_settled(filling: Filling, name: str) -> None:
    """This field was asked for anew until it was left open: it is not asked for once more."""
    noted = filling.facts.get(filling.facts.ANEW, [])
    if name in noted:
        filling.facts.put(filling.facts.ANEW, [one for one in noted if one != name])


def _named(filling: Filling, text: str, saved: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Fields that are known, and by which words they are spoken of."""
    said = f" {' '.join(words_of(text))} "
    for one in filling.spec.fields:
        found = [words for words in filling.form.said_of(one.named) or () if f" {words} " in said]
        if found and one.name in saved:
            yield one.name, found


def _left_open(
    filling: Filling, text: str, saved: Mapping[str, Any], told: Mapping[str, Any], about: About
) -> Iterator[str]:
    """Days that are spoken of beside what is put right, and not surely read: "no fue ayer y solo mi casa".

    Where nothing else is put right, the caller is asked what to change anyway.
    """
    if not _new(told, saved):
        return
    for one in filling.spec.fields:
        known = one.kind == "date" and one.name in saved and one.name not in told
        if known and language_reading(one, text, about).outcome == "ask":
            yield one.name


def _somebody_else(
    filling: Filling, text: str, saved: Mapping[str, Any], about: About
) -> Iterator[tuple[str, tuple[FieldSpec, Any]]]:
    """People who are said to be another one, without a name, "it was my son driving": by the field for what they are to
    the caller, theirs and what it is."""
    known = filling.whole(saved)
    for one in filling.spec.fields:
        if one.kind != "person" or one.list or not one.relationship or one.name not in saved:
            continue
        reading = language_reading(one, text, about)
        who: Mapping[str, Any] = reading.value if isinstance(reading.value, Mapping) else {}  # a doubt is asked, too
        kin = who.get("relationship")
        if kin and not who.get("name") and _speaks_of(filling, one, text) and kin != known.get(one.relationship):
            yield one.relationship, (one, kin)


def _speaks_of(filling: Filling, one: FieldSpec, text: str) -> bool:
    said = f" {' '.join(words_of(text))} "
    return any(f" {sign} " in said for sign in filling.form.said_of(one.story_words) or ())


def _without(text: str, named: Any) -> str:
    """The words that are left: "no, that's not who was driving" says nothing of a car that cannot be driven."""
    said = f" {' '.join(words_of(text))} "
    for words in sorted((each for found in named for each in found), key=len, reverse=True):
        said = said.replace(f" {words} ", " ")
    return said.strip()


def _new(told: Mapping[str, Any], saved: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if saved.get(name) != value}
