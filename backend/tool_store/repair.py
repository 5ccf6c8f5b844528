"""Asking, and asking again: one ladder for every question of every form and tool.

A question that was not understood comes in other words, then with keys or choices; the third time it is left open
where the form allows, and otherwise a person takes over. Who will not tell is asked once more at most. Nobody hears
the same words twice running.
"""

from collections.abc import Mapping
from typing import Any

from backend.domain.question import Question
from backend.domain.session import REPAIRS, CallSession
from backend.domain.tool import EndCall, FieldProblem, ToolOutcome, TransferToPerson
from backend.language.named import language_named
from backend.language.standing import StandingWords, obstacle
from backend.tool_store.context import ToolContext
from backend.tool_store.wording import worded

__all__ = ["ASKED_ANEW", "OPEN_QUESTION", "failures", "keys_offered", "left_open", "put", "repair", "understood"]

OPEN_QUESTION = "_question"
"""Fact: the question that waits for an answer: its name, its forms, why it is asked, and in which turn it was asked."""

ASKED_ANEW = "_language_turn"
"""Fact: the turn in which the open question is put once more in another language: nothing in it was not understood."""

_FAILED = "_failed"
"""Fact: how often each question was not understood, and in which turn it last was."""

_IN_A_ROW = "_not_understood"
"""Fact: in how many turns running nothing was understood, whatever was asked, and the last of them."""

_REFUSED = "_refused"
"""Fact: the questions that the caller would rather not answer, and was told why they are asked."""

_LAST_RUNG = 3
_TOO_MANY = 5
"""Turns running in which nothing was understood: another question will not be understood either."""


def put(
    ctx: ToolContext,
    question: Question,
    message: str = "",
    *,
    ok: bool = True,
    tool: str = "",
    say: str | None = None,
    data: Mapping[str, Any] | None = None,
    code: str = "",
) -> ToolOutcome:
    """Ask ``question``. Where it is open already, because the answer was about something else, the words differ.

    Args:
        ctx: the tool call.
        question: what is asked.
        message: for the model, on what happened before.
        ok: was what came before done?
        tool: the tool that takes the answer, when it is another one.
        say: what the caller is told first.
        data: for the model.
        code: error code when not ``ok``.
    """
    question = worded(question, ctx.phrases)
    ask = _words(ctx.session, question, failures(ctx, question.name))
    _note(ctx.session, question, ask)
    return ToolOutcome(
        ok, message, data=data or {}, ask=ask, expects=question.name, tool=tool, say=say, code=code, lasting=False
    )


def repair(ctx: ToolContext, question: Question, message: str, *, tool: str = "") -> ToolOutcome:
    """Count one failure of ``question`` in this call, and give the next rung.

    One turn is one failure, however often a model tries in it. A goodbye is none and ends the call.

    The outcome's ``data`` says ``left_open`` when the form is to go on without the answer; its ``directive`` connects
    to a person when there is no other way.

    Args:
        ctx: the tool call.
        question: what was not understood.
        message: for the model: why the answer could not be taken.
        tool: the tool that takes the answer, when it is another one.
    """
    if ctx.session.facts.get(ASKED_ANEW) == ctx.session.turn:
        return put(ctx, question, message, ok=False, tool=tool)
    talk = language_named(ctx.language).talk
    if talk.says_goodbye(ctx.caller_text):
        return _goodbye(ctx)
    failed = _count(ctx.session, question.name)
    unknown, refuses = talk.does_not_know(ctx.caller_text), _refuses(ctx)
    if not (unknown or refuses) and _in_a_row(ctx.session) >= _TOO_MANY:
        return _to_a_person(ctx, question, "nothing that the caller says is understood")
    if question.may_stay_open and (unknown or refuses or failed >= _LAST_RUNG):
        return _leave_open(ctx, question)
    about = question.name.replace("_", " ")
    if refuses and _has_refused(ctx.session, question.name):
        return _to_a_person(ctx, question, f"the caller would rather not answer the question about {about}")
    if failed >= _LAST_RUNG:
        return _to_a_person(ctx, question, f"the question about {about} was not understood")
    question = worded(question, ctx.phrases)
    ask = _words(ctx.session, question, failed)
    _note(ctx.session, question, ask)
    return ToolOutcome(
        False,
        message,
        problems=(FieldProblem(question.name, message),),
        say=_why_needed(ctx, question) if refuses else question.why or None if unknown else None,
        ask=ask,
        expects=question.name,
        tool=tool,
        lasting=False,
    )


def _refuses(ctx: ToolContext) -> bool:
    """Would the caller rather not tell it?"""
    return obstacle(ctx.language, ctx.caller_text, StandingWords()) == "refuses"


def _has_refused(session: CallSession, name: str) -> bool:
    """Has the caller refused this before? Once it is noted, they have been told why it is asked."""
    before: dict[str, int] = session.facts.setdefault(_REFUSED, {})
    return before.setdefault(name, session.turn) != session.turn


def _why_needed(ctx: ToolContext, question: Question) -> str:
    """Said once to who will not tell what is needed: why it is, and that a person can be had instead."""
    return f"{question.why or ctx.phrases.needed} {ctx.phrases.or_a_person}".strip()


def _goodbye(ctx: ToolContext) -> ToolOutcome:
    ends = EndCall("the caller said goodbye")
    return ToolOutcome(
        True, "The caller leaves; they have heard a goodbye.", say=ctx.phrases.thanks_goodbye, directive=ends
    )


def _leave_open(ctx: ToolContext, question: Question) -> ToolOutcome:
    understood(ctx, question.name)
    return ToolOutcome(
        True,
        f"The caller cannot say ({question.name}). It is left open; go on.",
        data={"left_open": question.name},
        say=ctx.phrases.left_open,
        lasting=False,
    )


def _to_a_person(ctx: ToolContext, question: Question, reason: str) -> ToolOutcome:
    understood(ctx, question.name)
    return ToolOutcome(
        False,
        "It was not understood. A person takes over.",
        say=ctx.phrases.to_a_person,
        directive=TransferToPerson(reason),
        code="tool.failed",
    )


def understood(ctx: ToolContext, name: str) -> None:
    """The question was answered: its failures are forgotten, and it is no longer open."""
    ctx.session.facts.get(_FAILED, {}).pop(name, None)
    if ctx.session.facts.get(OPEN_QUESTION, {}).get("name") == name:
        ctx.session.facts.pop(OPEN_QUESTION)


def left_open(outcome: ToolOutcome) -> str | None:
    """The name of the question that the ladder has left open, if it has."""
    return outcome.data.get("left_open")


def failures(ctx: ToolContext, name: str) -> int:
    """How often the question was not understood since it was last answered."""
    return int(ctx.session.facts.get(_FAILED, {}).get(name, {}).get("count", 0))


def keys_offered(ctx: ToolContext, question: Question) -> bool:
    """Was this question last asked in its third form, the one that offers keys?"""
    noted = ctx.session.facts.get(OPEN_QUESTION, {})
    return noted.get("name") == question.name and noted.get("ask") == worded(question, ctx.phrases).third


def _count(session: CallSession, name: str) -> int:
    failed: dict[str, Any] = session.facts.setdefault(_FAILED, {})
    before = failed.get(name, {"count": 0, "turn": -1})
    fresh = before["turn"] != session.turn
    count = int(before["count"]) + fresh
    session.facts[REPAIRS] = int(session.facts.get(REPAIRS, 0)) + fresh
    failed[name] = {"count": count, "turn": session.turn}
    return count


def _in_a_row(session: CallSession) -> int:
    """How many turns running, this one included, nothing was understood."""
    before = session.facts.get(_IN_A_ROW, {"count": 0, "turn": -1})
    if before["turn"] == session.turn:
        return int(before["count"])
    count = int(before["count"]) + 1 if before["turn"] == session.turn - 1 else 1
    session.facts[_IN_A_ROW] = {"count": count, "turn": session.turn}
    return count


def _words(session: CallSession, question: Question, form: int) -> str:
    """The form of that number, or the next one that is not what the caller has just heard."""
    noted = session.facts.get(OPEN_QUESTION, {})
    heard = noted.get("ask") if noted.get("name") == question.name and noted.get("turn") != session.turn else None
    forms = question.forms
    return next((words for step in range(3) if (words := forms[(form + step) % 3]) != heard), forms[0])


def _note(session: CallSession, question: Question, ask: str) -> None:
    session.facts[OPEN_QUESTION] = {
        "name": question.name,
        "ask": ask,
        "forms": list(question.forms),
        "why": question.why,
        "kind": question.kind,
        "digits": question.digits,
        "secret": question.secret,
        "turn": session.turn,
    }
