"""Safety first: of callers who report a loss it is asked whether anybody is hurt, before who they are.

What is known stands in the session's facts as ``safety``: ``{"injured": bool, "details": str, "safe": bool | None}``.
"""

from dataclasses import replace
from typing import Any

from backend.domain.question import Question
from backend.domain.session import CallerSaid
from backend.domain.spoken.asking_back import asks_back
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.loss import reports_loss
from backend.domain.spoken.safety import Safety, read_safety
from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import OPEN_QUESTION, keys_offered, left_open, put, repair, understood
from backend.tool_store.tools.call import report_emergency

__all__ = ["answer_safety", "ask_safety_first", "loss_is_reported", "may_use", "safety_words"]

_FACT = "safety"
_STATE = "_safety"
_TOOL = "check_safety"
_LONGEST_DETAILS = 300
_SORRY = "I'm sorry to hear that."
_SORRY_FOR_THEM = "I'm sorry that somebody got hurt."
_SAFE_PLACE = "Please get away from the traffic now, if you can do that safely."
_WHY = "I ask because people come first; everything else can wait."
_FIRST = Question(
    "injuries",
    "yes_no",
    "Is anyone hurt, and are you in a safe place?",
    "I want to be sure first. Is anybody hurt? For example, say: nobody is hurt.",
    "Is anyone hurt? Please say yes or no, or press 1 for yes, 2 for no.",
    why=_WHY,
    may_stay_open=True,
)
_NARROW = replace(_FIRST, ask=_FIRST.again, again="Just to be sure: is anyone hurt, yes or no?")
"""After a bare yes or no, which may answer either half of the first question."""
_HELP = Question(
    "injuries",
    "yes_no",
    "Does anyone who is hurt need an ambulance?",
    "Shall I get an ambulance for whoever is hurt? Please say yes or no.",
    why=_WHY,
    may_stay_open=True,
)
_QUESTIONS = {"first": _FIRST, "narrow": _NARROW, "help": _HELP}


def loss_is_reported(ctx: ToolContext) -> bool:
    """Has the caller reported a loss in this call, or did the model take it for one and ask about safety?"""
    return (
        _FACT in ctx.session.facts or bool(_state(ctx).get("stage")) or any(reports_loss(text) for text in _texts(ctx))
    )


def may_use(ctx: ToolContext, name: str) -> bool:
    """Has this agent the tool?"""
    return any(use.name == name and name not in use.disabled for use in ctx.agent.uses())


def safety_words(ctx: ToolContext) -> str | None:
    """What the caller has still to be told about it, once: a kind word, or to get to a safe place."""
    return _state(ctx).pop("words", None) or None


async def ask_safety_first(ctx: ToolContext) -> ToolOutcome | None:
    """The question about safety, where a loss is reported and nothing is known of it; else ``None``.

    Callers who told at once that somebody is hurt, or nobody, are not asked what they have said.
    """
    state = _state(ctx)
    if not may_use(ctx, _TOOL) or _settled(ctx) or not loss_is_reported(ctx):
        return None
    if stage := state.get("stage"):
        if state["turn"] == ctx.session.turn:
            return _put(ctx, stage, None)
        return await _weigh(ctx, ctx.caller_text)
    said = " . ".join(_texts(ctx))
    told = read_safety(said, asked=False)
    if told.urgent or told.injured is not None:
        return await _follow(ctx, told, said)
    state["safe"] = told.safe
    return _put(ctx, "first", _SORRY)


async def answer_safety(ctx: ToolContext, given: str) -> ToolOutcome | None:
    """Take the caller's answer, or ask; ``None`` once nothing more is to be asked about it."""
    state, words = _state(ctx), ctx.caller_text or given
    if _settled(ctx):
        return None
    if not state.get("stage") and not given:
        return await ask_safety_first(ctx) or (None if _settled(ctx) else _put(ctx, "first", None))
    if state.get("turn") == ctx.session.turn:
        return _put(ctx, state["stage"], None)
    return await _weigh(ctx, words)


async def _weigh(ctx: ToolContext, words: str) -> ToolOutcome | None:
    """What follows from an answer to the question that is open."""
    state, told = _state(ctx), read_safety(words)
    stage = str(state.get("stage") or "first")
    question = _QUESTIONS[stage]
    consent = read_consent(words, keys=keys_offered(ctx, question))
    if told.safe is None:
        told = replace(told, safe=state.get("safe"))
    state["safe"] = told.safe
    if stage == "help" and not told.urgent:
        if consent == "yes":
            return await _emergency(ctx, state.get("details", ""))
        return _settle(ctx, injured=True, details=f"{state.get('details', '')} {words}", safe=told.safe)
    if told.urgent or (told.injured is not None and not asks_back(words)):
        return await _follow(ctx, told, words)
    plain = consent in ("yes", "no")
    if plain and (stage == "narrow" or _asked_alone(ctx)):
        return await _follow(ctx, replace(told, injured=consent == "yes"), words)
    if stage == "first" and (plain or told.safe is not None):
        return _put(ctx, "narrow", None)
    tried = repair(ctx, question, "It is not clear whether anyone is hurt.", tool=_TOOL)
    if not left_open(tried):
        state["turn"] = ctx.session.turn
        return tried
    state |= {"open": True, "words": tried.say}
    return None


def _asked_alone(ctx: ToolContext) -> bool:
    """Was it last asked whether anyone is hurt, and nothing beside it? Then a bare yes, no or key answers it."""
    return ctx.session.facts.get(OPEN_QUESTION, {}).get("ask") in (_FIRST.again, _FIRST.third)


async def _follow(ctx: ToolContext, told: Safety, words: str) -> ToolOutcome | None:
    """Somebody is hurt, or nobody is."""
    state = _state(ctx)
    if told.urgent:
        return await _emergency(ctx, words)
    if told.injured and not told.cared_for and not told.minor:
        state |= {"details": words[:_LONGEST_DETAILS], "safe": told.safe}
        return _put(ctx, "help", _SORRY_FOR_THEM)
    return _settle(ctx, injured=bool(told.injured), details=words if told.injured else "", safe=told.safe)


async def _emergency(ctx: ToolContext, what: str) -> ToolOutcome:
    return await report_emergency.function(ctx, what=what.strip()[:100] or None)


def _settle(ctx: ToolContext, *, injured: bool, details: str, safe: bool | None) -> None:
    understood(ctx, _FIRST.name)
    ctx.session.facts[_FACT] = {"injured": injured, "details": details.strip()[:_LONGEST_DETAILS], "safe": safe}
    told = _state(ctx).get("stage") == "help"  # the kind word went before that question
    words = [_SORRY_FOR_THEM] if injured and not told else []
    _state(ctx)["words"] = " ".join([*words, _SAFE_PLACE] if safe is False else words)


def _put(ctx: ToolContext, stage: str, say: str | None) -> ToolOutcome:
    _state(ctx).update({"stage": stage, "turn": ctx.session.turn})
    message = "A loss is reported: people come first. Pass the answer on to check_safety."
    return put(ctx, _QUESTIONS[stage], message, tool=_TOOL, say=say)


def _settled(ctx: ToolContext) -> bool:
    return _FACT in ctx.session.facts or bool(_state(ctx).get("open"))


def _state(ctx: ToolContext) -> dict[str, Any]:
    return ctx.session.facts.setdefault(_STATE, {})


def _texts(ctx: ToolContext) -> list[str]:
    """All that the caller has said in this call."""
    session = ctx.session
    before = [item.text for item in session.history if isinstance(item, CallerSaid) and item.turn != session.turn]
    return [text for text in (*before, ctx.caller_text) if text]
