"""Reports that this caller has made before: a draft that broke off, a claim for the same loss."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from backend.domain.claim.story import tells_what_happened
from backend.domain.question import Question
from backend.domain.records import ClaimRecord
from backend.domain.session import CallerSaid
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.tokens import words
from backend.domain.tool import ToolOutcome
from backend.tool_store.confirmation import forget
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import OPEN_QUESTION, keys_offered, put, repair, understood
from backend.tool_store.report.facts import Facts
from backend.tool_store.report.number import spoken_number

__all__ = [
    "add_to_claim",
    "answer_about_draft",
    "answer_about_loss",
    "names_another_loss",
    "same_loss",
    "take_up",
    "wants_a_new_one",
]

_DRAFTS_KEPT = timedelta(days=14)
"""A draft that broke off longer ago is not offered any more."""
_SAME_CAR = timedelta(days=7)
"""A second report of the same car within this time is asked about, whatever its day."""
_LOOKED_AT = 20
_ELSE = "Is there anything else I can help you with?"

_GO_ON = Question(
    "confirmation", "yes_no", "Is it right to go on with that report?",
    "Shall we go on with the report from before? Please say yes, or no for a new one.",
    why="Then you need not tell me everything again.",
)  # fmt: skip
_SAME = Question(
    "confirmation", "yes_no", "Is it right that this is about the same accident?",
    "Is this report about the same accident as that claim? Please say yes or no.",
    why="Two claims for one accident would hold each other up.",
)  # fmt: skip


_WAIT = ToolOutcome(False, "The caller is being asked. Wait for the answer.", lasting=False)

_ANOTHER = re.compile(r"\b(?:another|different|new|second) (?:accident|claim|report|crash|case|incident)\b")
_WANTS_NEW = re.compile(
    r"\b(?:another|different|new|other|second) (?:accident|claim|report|crash|case|incident)\b|"
    r"\bnot (?:that|this) (?:one|accident|report)\b|\bstart (?:over|again|anew)\b|\bsomething else\b"
)


async def take_up(ctx: ToolContext, given: Mapping[str, Any]) -> ToolOutcome | str | None:
    """Go on with the draft of a call of this verified caller that broke off; gives what they are told then.

    Who has told of something in this call may mean another loss, and is asked. What they said until then is kept.
    """
    facts = Facts(ctx.session)
    subject = ctx.session.subject
    if subject is None or facts.get(Facts.EARLIER) is not None:
        return None
    draft = await ctx.claims.broken_off(subject.id, ctx.now() - _DRAFTS_KEPT)
    if draft is None or draft.call_id == ctx.session.call_id or not draft.fields:
        facts.put(Facts.EARLIER, {})
        return None
    day = str(draft.fields.get("loss_date") or "")
    what = f"of {date.fromisoformat(day).strftime('%A, %B %-d')}" if day else "from your last call"
    say = f"I still have your report {what}."
    kept = {"call_id": draft.call_id, "given": dict(given)}
    if given or any(tells_what_happened(text) for text in _words_of(ctx)):
        facts.put(Facts.EARLIER, kept | {"open": True})
        return put(ctx, _GO_ON, "An earlier report is open.", say=say, tool="record_fnol")
    if await ctx.claims.adopt(draft.call_id, ctx.session.call_id) is None:
        facts.put(Facts.EARLIER, {})
        return None
    facts.put(Facts.EARLIER, kept | {"adopted": True})
    return f"{say} Let's go on with it."


def names_another_loss(text: str) -> bool:
    """Is another loss spoken of than the one that is at hand?"""
    return bool(_ANOTHER.search(" ".join(words(text))))


def wants_a_new_one(ctx: ToolContext) -> ToolOutcome | None:
    """The question whether to go on, for a caller who speaks of another loss once an old draft was taken up."""
    earlier = Facts(ctx.session).get(Facts.EARLIER) or {}
    if not earlier.get("adopted") or not _WANTS_NEW.search(" ".join(words(ctx.caller_text))):
        return None
    Facts(ctx.session).put(Facts.EARLIER, earlier | {"open": True})
    return put(ctx, _GO_ON, "Perhaps another loss is meant.", ok=False, tool="record_fnol")


def _words_of(ctx: ToolContext) -> list[str]:
    return [*(item.text for item in ctx.session.history if isinstance(item, CallerSaid)), ctx.caller_text]


async def answer_about_draft(ctx: ToolContext) -> ToolOutcome | dict[str, Any]:
    """The caller's answer to it: another question, or what they said before, for the report that goes on."""
    earlier = Facts(ctx.session).get(Facts.EARLIER)
    if _is_being_asked(ctx, _GO_ON):
        return _WAIT
    answer = _answer(ctx, _GO_ON)
    if answer is None:
        return repair(ctx, _GO_ON, "Neither a yes nor a no.", tool="record_fnol")
    understood(ctx, _GO_ON.name)
    Facts(ctx.session).put(Facts.EARLIER, {})
    mine = ctx.session.call_id
    if answer and (earlier.get("adopted") or await ctx.claims.adopt(earlier["call_id"], mine) is not None):
        return {}
    if earlier.get("adopted"):
        await ctx.claims.adopt(mine, earlier["call_id"])  # back where it was
    return dict(earlier["given"])


async def same_loss(ctx: ToolContext, draft: ClaimRecord) -> ToolOutcome | None:
    """Ask, once for each, whether this is the loss of a claim that was filed already."""
    if ctx.session.subject is None:
        return None
    facts = Facts(ctx.session)
    state = facts.get(Facts.SAME_LOSS, {"asked": []})
    filed = await ctx.claims.list(limit=_LOOKED_AT, policy_id=ctx.session.subject.id)
    for claim in filed:
        if claim.claim_id and claim.claim_id not in state["asked"] and _alike(ctx, claim, draft.fields):
            facts.put(Facts.SAME_LOSS, {"asked": [*state["asked"], claim.claim_id], "open": claim.claim_id})
            return ask_about(ctx, claim)
    return None


def ask_about(ctx: ToolContext, claim: ClaimRecord) -> ToolOutcome:
    """Is this about the loss of that claim?"""
    day = str(claim.fields.get("loss_date") or "")
    when = f" of {date.fromisoformat(day).strftime('%A, %B %-d')}" if day else ""
    say = f"You already have a claim for the accident{when}: number {spoken_number(claim.claim_id or '')}."
    return put(ctx, _SAME, "There is a claim already.", say=say, tool="record_fnol")


async def answer_about_loss(ctx: ToolContext, draft: ClaimRecord | None) -> ToolOutcome | None:
    """The caller's answer to it; ``None`` when it is another loss and the report goes on."""
    facts = Facts(ctx.session)
    state = facts.get(Facts.SAME_LOSS)
    if _is_being_asked(ctx, _SAME):
        return _WAIT
    answer = _answer(ctx, _SAME)
    if answer is None:
        return repair(ctx, _SAME, "Neither a yes nor a no.", tool="record_fnol")
    understood(ctx, _SAME.name)
    facts.put(Facts.SAME_LOSS, {"asked": state["asked"]})
    if not answer:
        return None
    facts.put(Facts.ADDING_TO, state["open"])
    told = draft.fields if draft and draft.status == "draft" else {"added": state.get("said", "")}
    if draft and draft.status == "draft":
        await ctx.claims.discard(ctx.session.call_id)
    forget(ctx)
    return await add_to_claim(ctx, "; ".join(f"{name}: {value}" for name, value in told.items() if value))


async def add_to_claim(ctx: ToolContext, text: str) -> ToolOutcome:
    """Keep what the caller says as a note to the claim that there is."""
    number = str(Facts(ctx.session).get(Facts.ADDING_TO))
    await ctx.claims.add_note(number, ctx.session.call_id, ctx.hidden(text))
    ctx.session.claim_id = number
    ctx.session.facts["claim_id"] = number
    return ToolOutcome(
        True,
        "It was added to the claim that there is. No second claim is made.",
        data={"claim_id": number},
        say="Thank you. I have added what you told me to that claim.",
        ask=_ELSE,
    )


def _alike(ctx: ToolContext, claim: ClaimRecord, fields: Mapping[str, Any]) -> bool:
    if claim.call_id == ctx.session.call_id or "loss_date" not in fields:
        return False
    if claim.fields.get("loss_date") == fields["loss_date"]:
        return True
    lately = claim.filed_at is not None and ctx.now() - claim.filed_at < _SAME_CAR
    return lately and "vehicle" in fields and claim.fields.get("vehicle") == fields["vehicle"]


def _is_being_asked(ctx: ToolContext, question: Question) -> bool:
    """Was it put in this very turn? Its words were said before and answer something else."""
    noted = ctx.session.facts.get(OPEN_QUESTION, {})
    return noted.get("name") == question.name and noted.get("turn") == ctx.session.turn


def _answer(ctx: ToolContext, question: Question) -> bool | None:
    """Yes or no; "no, another one" is a no as well, where nothing in it agrees."""
    consent = read_consent(ctx.caller_text, keys=keys_offered(ctx, question))
    if consent in ("yes", "no"):
        return consent == "yes"
    said = words(ctx.caller_text)
    return False if consent == "correction" and said[0] in _NO and not set(said) & _AGREES else None


_NO = frozenset({"no", "nope", "nah"})
_AGREES = frozenset({"yes", "right", "correct", "same", "yeah", "sure"})
