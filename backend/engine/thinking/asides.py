"""Answers to what callers say beside the matter, given before any model is asked.

Such words are no answer to a question: they reach no tool as a value, and the question stays open.
"""

import copy
import re

from backend.domain.agent import AgentSpec
from backend.domain.session import AgentSaid, CallSession
from backend.domain.spoken.aside import Aside, is_present, read_aside
from backend.engine.turn.pen import Pen
from backend.engine.turn.turn import Turn
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["answer_aside", "slower_by", "unhurried"]

_SLOWER = "_slower"
"""Fact: the caller has asked for slower speech."""
_LAST = "_aside"
"""Fact: the kind of the last aside, and its turn."""

_SLOW_RATE = -20
_SLOWEST = -40
_WHY = "I need it to help you with this."
_MACHINE = "I'm an automated assistant, not a person. You can ask for one any time."
_GOOD = "Good."
_HEARING = "Yes, I can hear you."
_TAKE_YOUR_TIME = ("Take your time.", "No hurry, I'm still here.")
_SLOWLY = "Of course, I'll speak more slowly."
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")


async def answer_aside(session: CallSession, agent: AgentSpec, turn: Turn, answer: Pen) -> bool:
    """Answer the caller's words where the whole of them is an aside. False: they are for the agent."""
    kind = _kind(session, agent, turn.caller_text)
    words = _reply(session, kind, agent) if kind else ""
    if not kind or not words:
        return False
    if kind == "slower":
        answer.voice = unhurried(agent, 1).voice.voice()
    answer.line(turn.passage(agent.name), words)
    await turn.certain.wait()
    _note(session, kind, agent, turn, words)
    return True


def _kind(session: CallSession, agent: AgentSpec, text: str) -> Aside | None:
    language = agent.speech.languages[0]
    last = next((item.text for item in reversed(session.history) if isinstance(item, AgentSaid)), "")
    if last in agent.turns.idle_prompts and is_present(text, language):
        return "here"
    return read_aside(text, language)


def unhurried(agent: AgentSpec, times: int) -> AgentSpec:
    """The agent as a caller hears it who has asked for slower speech so many times."""
    if not times:
        return agent
    rate = int(agent.voice.rate.rstrip("%")) if agent.voice.rate else 0
    voice = agent.voice.model_copy(update={"rate": f"{max(rate + times * _SLOW_RATE, _SLOWEST):+d}%"})
    return agent.model_copy(update={"voice": voice})


def slower_by(session: CallSession) -> int:
    """How often this caller has asked for slower speech."""
    return int(session.facts.get(_SLOWER, 0))


def _reply(session: CallSession, kind: Aside, agent: AgentSpec) -> str:
    question = _question(session, agent)
    match kind:
        case "wait":
            return _TAKE_YOUR_TIME[_repeated(session, kind, agent)]
        case "again":
            return _again(session, question, agent)
        case "slower":
            return f"{_SLOWLY} {_last_words(session, agent)}".strip()
        case "why":
            return f"{session.facts.get(OPEN_QUESTION, {}).get('why') or _WHY} {question}" if question else ""
        case "machine":
            return f"{_MACHINE} {question}".strip()
        case "hearing":
            return f"{_HEARING} {question}".strip()
        case "here":
            return f"{_GOOD} {question}" if question else ""


def _again(session: CallSession, question: str, agent: AgentSpec) -> str:
    """The last words once more; asked for again, the question in other words."""
    if not _repeated(session, "again", agent):
        return _last_words(session, agent)
    noted = session.facts.get(OPEN_QUESTION, {})
    others = [form for form in noted.get("forms", ()) if form != noted.get("ask")]
    return others[0] if others and _is_open(session, agent) else question or _last_words(session, agent)


def _last_words(session: CallSession, agent: AgentSpec) -> str:
    """What the agent said last; of words that were cut off, the question that they led to."""
    said = _last_said(session, agent)
    whole = " ".join(item.text for item in said)
    if said and not any(item.interrupted for item in said):
        return whole
    reading = (session.facts.get("_confirming") or {}).get("asked") or {}
    told = (
        reading.get("say", "")
        if _is_open(session, agent) and reading.get("say", "") not in _question(session, agent)
        else ""
    )
    return f"{told} {_question(session, agent)}".strip() or whole


def _question(session: CallSession, agent: AgentSpec) -> str:
    """The question that waits for an answer; empty when there is none."""
    if _is_open(session, agent):
        return str(session.facts[OPEN_QUESTION]["ask"])
    said = " ".join(item.text for item in _last_said(session, agent))
    sentences = [found.strip() for found in _SENTENCES.findall(said)]
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), "")


def _is_open(session: CallSession, agent: AgentSpec) -> bool:
    """Was the question that tools noted last also the last thing that the agent asked?"""
    noted = session.facts.get(OPEN_QUESTION)
    said = _last_said(session, agent)
    return bool(noted) and bool(said) and said[0].turn <= noted["turn"]


def _last_said(session: CallSession, agent: AgentSpec) -> list[AgentSaid]:
    """What the agent said in its last turn. To ask whether somebody is there is not to have said something."""
    prompts = agent.turns.idle_prompts
    said = [item for item in session.history if isinstance(item, AgentSaid) and item.text not in prompts]
    return [item for item in said if item.turn == said[-1].turn]


def _repeated(session: CallSession, kind: Aside, agent: AgentSpec) -> bool:
    noted = session.facts.get(_LAST, {})
    return noted.get("kind") == kind and noted.get("turn") == max(
        (i.turn for i in _last_said(session, agent)), default=-1
    )


def _note(session: CallSession, kind: Aside, agent: AgentSpec, turn: Turn, words: str) -> None:
    """Keep that the question stays open, and in which words; a turn that is thrown away takes this with it."""
    facts, is_open = copy.deepcopy(session.facts), _is_open(session, agent)

    def undo() -> None:
        session.facts = facts

    turn.undo = undo
    if is_open:
        noted = session.facts[OPEN_QUESTION]
        heard = next((form for form in noted.get("forms", ()) if words.endswith(form)), noted["ask"])
        session.facts[OPEN_QUESTION] = noted | {"turn": turn.index, "ask": heard}
    session.facts[_LAST] = {"kind": kind, "turn": turn.index}
    if kind == "slower":
        session.facts[_SLOWER] = slower_by(session) + 1
