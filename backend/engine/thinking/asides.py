"""Answers to what callers say beside the matter, given before any model is asked.

Such words are no answer to a question: they reach no tool as a value, and the question stays open.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from backend.domain.agent import AgentSpec
from backend.domain.copied import copied
from backend.domain.phrases import Phrases
from backend.domain.recording import RECORDING
from backend.domain.session import AgentSaid, CallSession
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.language.named import language_named
from backend.language.talk import Beside
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["SLOWER", "BesideRead", "answer_aside", "slower_by", "unhurried"]

SLOWER = "_slower"
"""Fact: the caller has asked for slower speech."""
_AGREED = frozenset({"confirmation", "consent"})
"""Names of questions for a yes to what is then done."""
_LAST = "_aside"
"""Fact: the kind of the last aside, and its turn."""

_ASKED_BACK = "_asked_back"
"""Fact: how often the open question was met with an aside that asks for something, by the question's name."""
_ASKS = frozenset({"again", "why", "machine", "hearing", "if_yes", "language", "recorded", "how_long"})
_MOST_ASKED_BACK = 4
"""So often such words are answered while one question is open; after that they are none, and the ladder goes on."""

_SLOW_RATE = -20
_SLOWEST = -40
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")
_READ = 8
"""So many of the latest words are asked for again."""


class BesideRead:
    """What the latest words of one call say beside the matter: read when they are answered, and asked for again by who
    looks for questions that were asked in vain."""

    def __init__(self) -> None:
        self._read: deque[tuple[str, str, Beside | None]] = deque(maxlen=_READ)

    def __call__(self, language: str, text: str) -> Beside | None:
        """What the whole of ``text`` says beside the matter, in this language; ``None`` when there is more in it."""
        for spoken, words, kind in self._read:
            if words == text and spoken == language:
                return kind
        kind = _beside(language, text)
        self._read.appendleft((language, text, kind))
        return kind


def _beside(language: str, text: str) -> Beside | None:
    return language_named(language).talk.beside(text)


async def answer_aside(
    session: CallSession,
    agent: AgentSpec,
    phrases: Phrases,
    turn: Turn,
    answer: AnswerSink,
    read: Callable[[str, str], Beside | None] = _beside,
) -> bool:
    """Answer the caller's words where the whole of them is an aside. False: they are for the agent.

    Args:
        session: the call's memory.
        agent: who speaks with the caller.
        phrases: what that agent says in fixed words.
        turn: has the caller's words.
        answer: where the answer is written.
        read: tells what words of a language say beside the matter.
    """
    aside = _Beside(session, agent, phrases, read)
    kind = aside.kind(turn.caller_text)
    words = aside.reply(kind) if kind and not aside.goes_round(kind) else ""
    if not kind or not words:
        return False
    if kind == "slower":
        answer.voice = unhurried(agent, 1).voice.voice()
    answer.phrase(turn.passage(agent.name), words)
    await turn.certain.wait()
    aside.note(kind, turn, words)
    return True


def unhurried(agent: AgentSpec, times: int) -> AgentSpec:
    """The agent as a caller hears it who has asked for slower speech so many times."""
    if not times:
        return agent
    rate = int(agent.voice.rate.rstrip("%")) if agent.voice.rate else 0
    voice = agent.voice.model_copy(update={"rate": f"{max(rate + times * _SLOW_RATE, _SLOWEST):+d}%"})
    return agent.model_copy(update={"voice": voice})


def slower_by(session: CallSession) -> int:
    """How often this caller has asked for slower speech."""
    return int(session.facts.get(SLOWER, 0))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was said last in a call, and what is said to words beside it."""

    session: CallSession
    agent: AgentSpec
    phrases: Phrases
    read: Callable[[str, str], Beside | None]

    def kind(self, text: str) -> Beside | None:
        talk = language_named(self.agent.voice.language).talk
        last = next((item.text for item in reversed(self.session.history) if isinstance(item, AgentSaid)), "")
        if last in self.phrases.still_there and talk.is_present(text):
            return "here"
        if self._repeated("wait") and talk.is_back(text):
            return "here"
        return self.read(self.agent.voice.language, text)

    def reply(self, kind: Beside) -> str:
        question, phrases = self._question(), self.phrases
        match kind:
            case "wait":
                return phrases.take_your_time[-1 if self._repeated(kind) else 0]
            case "again":
                return self._again(question)
            case "slower":
                return f"{phrases.slower} {self._last_words()}".strip()
            case "why":
                why = self.session.facts.get(OPEN_QUESTION, {}).get("why") or phrases.needed
                return f"{why} {question}" if question else ""
            case "machine" | "hearing" | "language" | "recorded" | "how_long":
                told = self._told(kind)
                return f"{told} {question}".strip() if told else ""
            case "here":
                return f"{phrases.glad} {question}" if question else ""
            case "if_yes":
                return f"{phrases.if_yes} {question}" if self._waits_for_a_yes() and phrases.if_yes else ""
            case "may_ask":
                return phrases.may_ask

    def _told(self, kind: Literal["machine", "hearing", "language", "recorded", "how_long"]) -> str:
        match kind:
            case "machine":
                return self.phrases.machine
            case "hearing":
                return self.phrases.hearing
            case "language":
                return self.phrases.no_other_language
            case "how_long":  # once something is filed, "how long will it take" asks of that
                return "" if self.session.cases else self.phrases.takes_so_long
            case "recorded":
                is_recorded = self.session.facts.get(RECORDING) == "on"
                return self.phrases.recorded if is_recorded else self.phrases.not_being_recorded

    def goes_round(self, kind: Beside) -> bool:
        """Has the caller asked back so often that another answer would lead nowhere?"""
        return kind in _ASKS and self._is_open() and self._times_asked_back() >= _MOST_ASKED_BACK

    def _times_asked_back(self) -> int:
        noted = self.session.facts.get(_ASKED_BACK, {})
        return int(noted.get("times", 0)) if noted.get("name") == self.session.facts[OPEN_QUESTION].get("name") else 0

    def _waits_for_a_yes(self) -> bool:
        """Is something to be agreed to?"""
        return self._is_open() and self.session.facts[OPEN_QUESTION].get("name") in _AGREED

    def note(self, kind: Beside, turn: Turn, words: str) -> None:
        """Keep that the question stays open, and in which words; a turn that is thrown away takes this with it."""
        session = self.session
        facts, is_open = copied(session.facts), self._is_open()

        def undo() -> None:
            session.facts = facts

        turn.undo = undo
        if is_open and kind != "may_ask":  # what they were asked is no longer the last thing that they heard
            noted = session.facts[OPEN_QUESTION]
            heard = next((form for form in noted.get("forms", ()) if words.endswith(form)), noted["ask"])
            session.facts[OPEN_QUESTION] = noted | {"turn": turn.index, "ask": heard}
        if is_open and kind in _ASKS:
            name = session.facts[OPEN_QUESTION].get("name")
            session.facts[_ASKED_BACK] = {"name": name, "times": self._times_asked_back() + 1}
        session.facts[_LAST] = {"kind": kind, "turn": turn.index}
        if kind == "slower":
            session.facts[SLOWER] = slower_by(session) + 1

    def _again(self, question: str) -> str:
        """The last words once more; asked for again, the question in other words."""
        if not self._repeated("again"):
            return self._last_words()
        noted = self.session.facts.get(OPEN_QUESTION, {})
        others = [form for form in noted.get("forms", ()) if form != noted.get("ask")]
        return others[0] if others and self._is_open() else question or self._last_words()

    def _last_words(self) -> str:
        """What the agent said last; of words that were cut off, the question that they led to."""
        said = self._last_said()
        whole = " ".join(item.text for item in said)
        if said and not any(item.interrupted for item in said):
            return whole
        reading = (self.session.facts.get("_confirming") or {}).get("asked") or {}
        question, read = self._question(), reading.get("say", "")
        told = read if self._is_open() and read not in question else ""
        return f"{told} {question}".strip() or whole

    def _question(self) -> str:
        """The question that waits for an answer; empty when there is none."""
        if self._is_open():
            return str(self.session.facts[OPEN_QUESTION]["ask"])
        said = " ".join(item.text for item in self._last_said())
        sentences = [found.strip() for found in _SENTENCES.findall(said)]
        return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), "")

    def _is_open(self) -> bool:
        """Was the question that tools noted last also the last thing that the agent asked?"""
        noted = self.session.facts.get(OPEN_QUESTION)
        said = self._last_said()
        return bool(noted) and bool(said) and said[0].turn <= noted["turn"]

    def _last_said(self) -> list[AgentSaid]:
        """What the agent said in its last turn. To ask whether somebody is there is not to have said something."""
        prompts = self.phrases.still_there
        said = [item for item in self.session.history if isinstance(item, AgentSaid) and item.text not in prompts]
        return [item for item in said if item.turn == said[-1].turn]

    def _repeated(self, kind: Beside) -> bool:
        noted = self.session.facts.get(_LAST, {})
        if noted.get("kind") != kind:
            return False
        return noted.get("turn") == max((item.turn for item in self._last_said()), default=-1)
