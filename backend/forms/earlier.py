"""What this caller has told before: a draft that broke off, a filed case about the same matter."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.domain.case import Case
from backend.domain.question import Question
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.number import spoken_number
from backend.forms.reading import read
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.tokens import words
from backend.tool_store.confirmation import forget
from backend.tool_store.repair import keys_offered, understood

__all__ = [
    "CALLED_BACK",
    "add_to_case",
    "answer_about_case",
    "answer_about_draft",
    "ask_about",
    "go_on_or_not",
    "how_it_stands",
    "same_case",
    "take_up",
    "wants_a_new_one",
]

CALLED_BACK = "_called_back"
"""Fact: the call that somebody is called back about, the form that it stopped in, and whether they asked for it:
``{"call", "form", "asked"}``."""
_WAIT = ToolOutcome(False, "The caller is being asked. Wait for the answer.", lasting=False)
_NO = frozenset({"no", "nope", "nah"})
_AGREES = frozenset({"yes", "right", "correct", "same", "yeah", "sure"})


async def take_up(filling: Filling, given: Mapping[str, Any], about: About) -> ToolOutcome | str | None:
    """Go on with the draft of a call of this verified caller that broke off; gives what they are told then.

    Who has told of something in this call may mean another matter, and is asked. What they said until then is kept.
    """
    ctx, facts, texts = filling.ctx, filling.facts, filling.form.texts
    if ctx.session.subject is None or facts.get(facts.EARLIER) is not None or not _takes_up(filling):
        return None
    draft = await _left_behind(filling)
    if draft is None or draft.call_id == ctx.session.call_id or not draft.fields:
        facts.put(facts.EARLIER, {})
        return await _about_a_filed_one(filling, about)
    say = filling.says(texts.earlier, texts.earlier_bare, draft.fields, about)
    kept = {"call_id": draft.call_id, "given": dict(given)}
    if given or any(filling.tells(text, about) for text in filling.texts()) or _of_another(filling, draft, about):
        facts.put(facts.EARLIER, kept | {"open": True})
        return filling.put(filling.form.turn(texts.go_on), "An earlier report is open.", say=say)
    if await filling.cases.adopt(draft.call_id) is None:
        facts.put(facts.EARLIER, {})
        return None
    facts.put(facts.EARLIER, kept | {"adopted": True})
    return f"{say} {texts.going_on}".strip()


def _takes_up(filling: Filling) -> bool:
    return bool(filling.spec.drafts_days or CALLED_BACK in filling.ctx.session.facts)


async def _left_behind(filling: Filling) -> Case | None:
    """The draft that this caller is called back about, where it is theirs; else the newest of theirs that broke off."""
    back, subject = filling.ctx.session.facts.get(CALLED_BACK), filling.ctx.session.subject
    draft = await filling.cases.draft_of(back["call"]) if back else None
    if draft is not None and draft.status == "draft" and draft.verified and subject and draft.subject == subject.id:
        return draft
    days = filling.spec.drafts_days
    return await filling.cases.broken_off(filling.ctx.now() - timedelta(days=days)) if days else None


async def _about_a_filed_one(filling: Filling, about: About) -> ToolOutcome | None:
    """Who calls back about what they have told already is asked whether it is the newest case that was filed lately."""
    said = next((text for text in filling.texts() if about.language.account.comes_back(text)), "")
    if not said:
        return None
    facts, days = filling.facts, filling.spec.drafts_days
    newest = next((case for case in await filling.cases.filed() if case.number and _lately(filling, case, days)), None)
    if newest is None:
        return None
    facts.put(facts.SAME_CASE, {"asked": [newest.number], "open": newest.number, "said": said})
    return ask_about(filling, newest, about)


def _of_another(filling: Filling, draft: Case, about: About) -> bool:
    """Do the caller's words name another day than the draft has: "yesterday's accident", and it was on Monday?"""
    for field in filling.spec.fields:
        if field.kind == "date" and field.story and (known := draft.fields.get(field.name)):
            readings = [read(field, text, about, told=True) for text in filling.texts()]
            named = [one for reading in readings for one in (reading.value, *reading.candidates) if one is not None]
            if named and known not in named:
                return True
    return False


def wants_a_new_one(filling: Filling, about: About) -> ToolOutcome | None:
    """The question whether to go on, for a caller who speaks of another matter once an old draft was taken up."""
    facts = filling.facts
    earlier = facts.get(facts.EARLIER) or {}
    if not earlier.get("adopted") or not about.language.account.wants_a_new_one(filling.ctx.caller_text):
        return None
    facts.put(facts.EARLIER, earlier | {"open": True})
    return filling.put(filling.form.turn(filling.form.texts.go_on), "Perhaps another loss is meant.", ok=False)


async def answer_about_draft(filling: Filling) -> ToolOutcome | dict[str, Any]:
    """The caller's answer to it: another question, or what they said before, for the draft that goes on."""
    facts, question = filling.facts, filling.form.turn(filling.form.texts.go_on)
    earlier = facts.get(facts.EARLIER)
    answer = _answered(filling, question)
    if isinstance(answer, ToolOutcome):
        return answer
    facts.put(facts.EARLIER, {})
    mine = filling.ctx.session.call_id
    if answer and (earlier.get("adopted") or await filling.cases.adopt(earlier["call_id"]) is not None):
        return {}
    if earlier.get("adopted"):
        await filling.cases.adopt(mine, earlier["call_id"])  # back where it was
    return dict(earlier["given"])


async def same_case(filling: Filling, draft: Case, about: About) -> ToolOutcome | None:
    """Ask, once for each, whether this is the matter of a case that was filed already."""
    if filling.ctx.session.subject is None or not filling.spec.alike:
        return None
    facts = filling.facts
    state = facts.get(facts.SAME_CASE, {"asked": []})
    for case in await filling.cases.filed():
        if case.number and case.number not in state["asked"] and _alike(filling, case, draft.fields):
            facts.put(facts.SAME_CASE, {"asked": [*state["asked"], case.number], "open": case.number})
            return ask_about(filling, case, about)
    return None


def ask_about(filling: Filling, case: Case, about: About) -> ToolOutcome:
    """Is this about the matter of that case?"""
    texts = filling.form.texts
    say = filling.says(
        texts.already, texts.already_bare, case.as_corrected, about, number=spoken_number(case.number or "")
    )
    return filling.put(filling.form.turn(texts.same), "There is a case already.", say=say)


async def answer_about_case(filling: Filling, draft: Case | None) -> ToolOutcome | None:
    """The caller's answer to it; ``None`` when it is another matter and the form goes on."""
    facts, question = filling.facts, filling.form.turn(filling.form.texts.same)
    state = facts.get(facts.SAME_CASE)
    answer = _answered(filling, question)
    if isinstance(answer, ToolOutcome):
        return answer
    facts.put(facts.SAME_CASE, {"asked": state["asked"]})
    if not answer:
        return None
    facts.put(facts.ADDING_TO, state["open"])
    told = draft.fields if draft and draft.status == "draft" else {"added": state.get("said", "")}
    if draft and draft.status == "draft":
        await filling.cases.discard()
    forget(filling.ctx)
    added = await add_to_case(filling, "; ".join(f"{name}: {value}" for name, value in told.items() if value))
    reported = language_named(filling.ctx.language).account.has_reported
    return how_it_stands(filling) if filling.form.texts.reported and reported(state.get("said", "")) else added


def how_it_stands(filling: Filling) -> ToolOutcome:
    """A person tells it of what was reported before."""
    return ToolOutcome(
        True,
        "It is about something that was reported before. A person takes over; nothing new was begun.",
        say=filling.form.texts.reported_person or None,
        directive=TransferToPerson("a question about a report that was made before"),
    )


async def add_to_case(filling: Filling, text: str) -> ToolOutcome:
    """Keep what the caller says as a note to the case that there is."""
    number = str(filling.facts.get(filling.facts.ADDING_TO))
    await filling.cases.add_note(number, text)
    filling.note_number(number)
    return ToolOutcome(
        True,
        "It was added to the case that there is. No second one is made.",
        data=filling.number_data(number),
        say=filling.form.texts.added,
        ask=filling.form.texts.else_,
    )


def _alike(filling: Filling, case: Case, fields: Mapping[str, Any]) -> bool:
    if case.call_id == filling.ctx.session.call_id or any(name not in fields for name in filling.spec.alike[0].fields):
        return False
    return any(
        _same(case.as_corrected, fields, rule.fields) and _lately(filling, case, rule.within_days)
        for rule in filling.spec.alike
    )


def _same(one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(name in other and one.get(name) == other[name] for name in names)


def _lately(filling: Filling, case: Case, days: int | None) -> bool:
    if days is None:
        return True
    return case.filed_at is not None and filling.ctx.now() - case.filed_at < timedelta(days=days)


def _answered(filling: Filling, question: Question) -> bool | ToolOutcome:
    """The caller's yes or no to a question about what they told before; or what is said where it is neither."""
    if filling.is_being_asked(question.name):
        return _WAIT
    ctx = filling.ctx
    answer = go_on_or_not(ctx.language, ctx.caller_text, keys=keys_offered(ctx, question))
    if answer is None:
        return filling.repair(question, "Neither a yes nor a no.")
    understood(ctx, question.name)
    return answer


def go_on_or_not(language: str, text: str, *, asked: str = "", keys: bool = False) -> bool | None:
    """Yes or no to going on with something; "no, another one" is a no as well, where nothing in it agrees."""
    consent = consent_in(language, text, asked=asked, keys=keys)
    if consent in ("yes", "no"):
        return consent == "yes"
    said = words(text)
    return False if consent == "correction" and said[0] in _NO and not set(said) & _AGREES else None
