"""Answers to what callers say beside the matter, given before any model is asked.

Such words are no answer to a question: they reach no tool as a value, and the question stays open.
"""

import copy
import re

from backend.domain.agent import AgentSpec
from backend.domain.session import AgentSaid, CallSession
from backend.domain.spoken.aside import Aside, read_aside
from backend.engine.pen import Pen
from backend.engine.turn import Turn
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["answer_aside", "unhurried"]

_SLOWER = "_slower"
"""Fact: the caller has asked for slower speech."""
_LAST = "_aside"
"""Fact: the kind of the last aside, and its turn."""

_SLOW_RATE = -20
_WHY = "I need it to help you with this."
_MACHINE = "I'm an automated assistant, not a person. You can ask for a person at any time."
_HEARING = "Yes, I can hear you."
_TAKE_YOUR_TIME = ("Take your time.", "No hurry, I'm still here.")
_SLOWLY = "Of course, I'll speak more slowly."
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")


async def answer_aside(session: CallSession, agent: AgentSpec, turn: Turn, answer: Pen) -> bool:
    """Answer the caller's words where the whole of them is an aside. False: they are for the agent."""
    kind = read_aside(turn.caller_text, agent.speech.languages[0])
    words = _reply(session, kind) if kind else ""
    if not kind or not words:
        return False
    if kind == "slower":
        answer.voice = unhurried(agent, slower=True).voice.voice()
    answer.line(turn.passage(agent.name), words)
    await turn.certain.wait()
    _note(session, kind, turn)
    return True


def unhurried(agent: AgentSpec, *, slower: bool | None = None, session: CallSession | None = None) -> AgentSpec:
    """The agent as this caller hears it: slower, once they have asked for that."""
    wanted = slower if slower is not None else bool(session and session.facts.get(_SLOWER))
    if not wanted:
        return agent
    rate = int(agent.voice.rate.rstrip("%")) if agent.voice.rate else 0
    voice = agent.voice.model_copy(update={"rate": f"{max(rate + _SLOW_RATE, -50)}%"})
    return agent.model_copy(update={"voice": voice})


def _reply(session: CallSession, kind: Aside) -> str:
    question = _question(session)
    match kind:
        case "wait":
            return _TAKE_YOUR_TIME[_repeated(session, kind)]
        case "again":
            return _again(session, question)
        case "slower":
            return f"{_SLOWLY} {_last_words(session)}".strip()
        case "why":
            return f"{session.facts.get(OPEN_QUESTION, {}).get('why') or _WHY} {question}" if question else ""
        case "machine":
            return f"{_MACHINE} {question}".strip()
        case "hearing":
            return f"{_HEARING} {question}".strip()


def _again(session: CallSession, question: str) -> str:
    """The last words once more; asked for again, the question in other words."""
    if not _repeated(session, "again"):
        return _last_words(session)
    noted = session.facts.get(OPEN_QUESTION, {})
    others = [form for form in noted.get("forms", ()) if form != noted.get("ask")]
    return others[0] if others and _is_open(session) else question or _last_words(session)


def _last_words(session: CallSession) -> str:
    """What the agent said last; of words that were cut off, the question that they led to."""
    said = _last_said(session)
    whole = " ".join(item.text for item in said)
    if said and not any(item.interrupted for item in said):
        return whole
    reading = (session.facts.get("_confirming") or {}).get("asked") or {}
    told = reading.get("say", "") if _is_open(session) and reading.get("say", "") not in _question(session) else ""
    return f"{told} {_question(session)}".strip() or whole


def _question(session: CallSession) -> str:
    """The question that waits for an answer; empty when there is none."""
    if _is_open(session):
        return str(session.facts[OPEN_QUESTION]["ask"])
    said = " ".join(item.text for item in _last_said(session))
    sentences = [found.strip() for found in _SENTENCES.findall(said)]
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), "")


def _is_open(session: CallSession) -> bool:
    """Was the question that tools noted last also the last thing that the agent asked?"""
    noted = session.facts.get(OPEN_QUESTION)
    said = _last_said(session)
    return bool(noted) and bool(said) and said[0].turn <= noted["turn"]


def _last_said(session: CallSession) -> list[AgentSaid]:
    said = [item for item in session.history if isinstance(item, AgentSaid)]
    return [item for item in said if item.turn == said[-1].turn]


def _repeated(session: CallSession, kind: Aside) -> bool:
    noted = session.facts.get(_LAST, {})
    return noted.get("kind") == kind and noted.get("turn") == max((i.turn for i in _last_said(session)), default=-1)


def _note(session: CallSession, kind: Aside, turn: Turn) -> None:
    """Keep that the question stays open; a turn that is thrown away takes this with it."""
    facts, is_open = copy.deepcopy(session.facts), _is_open(session)

    def undo() -> None:
        session.facts = facts

    turn.undo = undo
    if is_open:
        session.facts[OPEN_QUESTION] = session.facts[OPEN_QUESTION] | {"turn": turn.index}
    session.facts[_LAST] = {"kind": kind, "turn": turn.index}
    if kind == "slower":
        session.facts[_SLOWER] = True
