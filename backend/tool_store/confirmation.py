"""The one guard before anything is filed, booked, changed or sent: the caller has heard it and said yes.

Each part of a read-back is read out as it stands and needs its own plain yes, given when its last value has been
heard and from a later turn on. A changed part is read and confirmed alone. What a model claims counts for nothing:
the caller's own words of the turn are judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from backend.domain.question import CONFIRMATION, CORRECTION, Question
from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.tokens import words
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import OPEN_QUESTION, keys_offered, put, repair, understood
from backend.tool_store.wording import worded

__all__ = ["Part", "ask_for_yes", "fingerprint", "forget", "read_anew", "standing"]

_STATE = "_confirming"
"""Fact: what is being confirmed, which parts stand with which values, and the part that was read last."""

_Verdict = Literal["none", "waiting", "yes", "no", "unclear", "unheard"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a read-back that is confirmed by one yes.

    Args:
        key: its name within the read-back.
        fingerprint: tells one state of its values from another.
        say: the words that are read out, with every value in them and no question behind; empty where the question
            itself holds the values.
    """

    key: str
    fingerprint: str
    say: str


def fingerprint(fields: Any) -> str:
    """Tells one state of some fields from another."""
    return repr(sorted((str(k), str(v)) for k, v in dict(fields).items()))


def standing(ctx: ToolContext, what: str, parts: Sequence[Part]) -> frozenset[str]:
    """The keys of the parts that stand confirmed with their present values. Judges nothing."""
    state = _state(ctx.session, what)
    return frozenset(part.key for part in parts if state["yes"].get(part.key) == part.fingerprint)


def ask_for_yes(
    ctx: ToolContext,
    what: str,
    parts: Sequence[Part],
    *,
    question: Question = CONFIRMATION,
    correction: Question | None = CORRECTION,
    tool: str = "",
) -> ToolOutcome | None:
    """What the caller must hear or answer before ``what`` may be done; ``None`` when every part stands confirmed.

    Takes the caller's words of this turn as the answer to the part that was read last. To be called again in the turn
    of that answer, and after every change of a value; calling it twice in a turn reads nothing twice.

    Args:
        ctx: the tool call.
        what: the thing that is to be done; another one begins anew.
        parts: in the order in which they are read.
        question: asked behind each part.
        correction: asked when the caller does not agree and has not said what is wrong; ``None`` to be told of the
            refusal (code ``tool.denied``) and nothing else.
        tool: the tool that takes the answers, when it is not the one that is running.
    """
    question = worded(question, ctx.phrases)
    state = _state(ctx.session, what)
    verdict = _judge(ctx, state, question)
    changed = _changed(state, parts)
    left = [part for part in parts if state["yes"].get(part.key) != part.fingerprint]
    if not left:
        return None
    reading = state["asked"]
    present = next((part for part in left if reading and part.fingerprint == reading["print"]), None)
    if verdict == "no":
        state["asked"] = None
        if not changed:
            return _declined(ctx, state, question, correction, tool)
    elif present and not changed:
        unanswered = _unanswered(ctx, state, present, verdict, question, tool)
        if unanswered is not None:
            return unanswered
    return _read(ctx, state, left[0], question, tool)


def read_anew(session: CallSession) -> None:
    """What was read and has no answer yet is read once more, in other words than those that were heard."""
    if state := session.facts.get(_STATE):
        state["asked"] = None


def forget(ctx: ToolContext) -> None:
    """It has been done: what comes next needs a yes of its own."""
    ctx.session.facts.pop(_STATE, None)


_CODE = "tool.unconfirmed"
_MOST_REFUSALS = 3


def _unanswered(
    ctx: ToolContext, state: dict[str, Any], part: Part, verdict: _Verdict, question: Question, tool: str
) -> ToolOutcome | None:
    """What becomes of a part that was read and has no plain answer yet; ``None`` where it is to be read anew."""
    if verdict == "waiting":
        return ToolOutcome(False, "The caller is being asked. Wait for the answer.", code=_CODE)
    if verdict == "unclear":
        outcome = repair(ctx, question, "The answer is neither a yes nor a no.", tool=tool)
        return replace(outcome, verbatim=True, code=outcome.code or _CODE)
    if verdict == "unheard":
        return _read(ctx, state, part, question, tool, again=True)
    return None


def _declined(
    ctx: ToolContext, state: dict[str, Any], question: Question, correction: Question | None, tool: str
) -> ToolOutcome:
    understood(ctx, question.name)
    state["refused"] = state.get("refused", 0) + 1
    if state["refused"] >= _MOST_REFUSALS and correction is not None:
        state["refused"] = 0
        reason = "what was read back was refused three times, and nothing was changed"
        return ToolOutcome(
            False,
            "A person takes over.",
            say=ctx.phrases.not_right,
            directive=TransferToPerson(reason),
            code="tool.denied",
        )
    message = "The caller does not agree. Nothing was done."
    if correction is None:
        return ToolOutcome(False, message, code="tool.denied")
    return put(ctx, correction, message, ok=False, tool=tool, code="tool.denied")


def _state(session: CallSession, what: str) -> dict[str, Any]:
    state = session.facts.get(_STATE)
    if not state or state.get("what") != what or "prints" not in state:
        state = {"what": what, "yes": {}, "prints": {}, "asked": None}
        session.facts[_STATE] = state
    return state


def _changed(state: dict[str, Any], parts: Sequence[Part]) -> bool:
    """Has any value changed since this was last asked?"""
    before, state["prints"] = state["prints"], {part.key: part.fingerprint for part in parts}
    return bool(before) and before != state["prints"]


def _judge(ctx: ToolContext, state: dict[str, Any], question: Question) -> _Verdict:
    """The caller's answer to the part that was read last. One turn answers one part."""
    asked, turn = state["asked"], ctx.session.turn
    if not asked:
        return "none"
    if asked["turn"] >= turn:
        return "waiting"
    if not _is_open(ctx.session, question):
        return "none"
    keys = keys_offered(ctx, question)
    consent = consent_in(
        ctx.language, ctx.caller_text, asked=question.ask, keys=keys, negative=question.negative, plainly=True
    )
    if consent == "correction" and language_named(ctx.language).talk.asks_back(ctx.caller_text):
        consent = "unclear"  # "and will my premium go up": asked, and nothing put right
    if consent in ("no", "correction"):
        return "no"
    if not _was_heard(ctx.session, asked):
        return "unheard"
    if consent != "yes":
        return "unclear"
    state["yes"][asked["key"]] = asked["print"]
    state["asked"] = None
    understood(ctx, question.name)
    return "yes"


def _is_open(session: CallSession, question: Question) -> bool:
    """Is this what the caller was asked last? Others that take a yes may have come after it, under the same name."""
    noted = session.facts.get(OPEN_QUESTION, {})
    return noted.get("name") == question.name and list(noted.get("forms", ()))[1:] == list(question.forms)[1:]


def _was_heard(session: CallSession, asked: dict[str, Any]) -> bool:
    """Was the part heard to its last value, and was its question the last thing that the caller heard?"""
    said = [item for item in session.history if isinstance(item, AgentSaid) and item.turn >= asked["turn"]]
    open_question = session.facts[OPEN_QUESTION]
    last = max((item.turn for item in said), default=-1)
    if last > open_question["turn"]:
        return False
    spoken = " " + " ".join(word for item in said if not item.meant for word in words(item.text)) + " "
    asked["heard"] = asked["heard"] or f" {' '.join(words(asked['say']))} " in spoken
    return asked["heard"]


def _read(
    ctx: ToolContext, state: dict[str, Any], part: Part, question: Question, tool: str, *, again: bool = False
) -> ToolOutcome:
    if again:
        tried = repair(ctx, question, "The caller has not heard all of it.", tool=tool)
        if tried.directive or tried.ask is None:
            return tried
    else:
        understood(ctx, question.name)
    if question.ask == ctx.phrases.correct == state.get("ask"):  # nobody is asked in the same words twice running
        question = replace(question, ask=ctx.phrases.correct_too)
    message = "Not done yet. The caller has been asked; pass on the answer."
    outcome = put(ctx, question, message, ok=False, tool=tool, say=part.say or None, code=_CODE)
    must_be_heard = part.say or outcome.ask
    state["ask"] = outcome.ask
    state["asked"] = {
        "key": part.key,
        "print": part.fingerprint,
        "say": must_be_heard,
        "heard": False,
        "turn": ctx.session.turn,
    }
    return replace(outcome, verbatim=True)
