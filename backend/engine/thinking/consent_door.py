"""Asks a caller whether their call may be recorded, before the agents answer them."""

from typing import Protocol

from backend.domain.agent import AgentSpec
from backend.domain.phrases import Phrases
from backend.domain.tool import Directive
from backend.engine.thinking.asides import answer_aside
from backend.engine.thinking.reception import Reception
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.language.consent import consent_in

__all__ = ["ConsentDoor"]


class _Consent(Protocol):
    @property
    def consent_is_asked(self) -> bool: ...

    @property
    def greets_later(self) -> bool: ...

    def decided(self, *, agreed: bool) -> None: ...

    def taken_back(self) -> None: ...


class ConsentDoor:
    """The agents of one call, behind a question about its recording.

    It is judged as every confirmation is (``consent_in``): anything but a plain yes is none. Who says neither yes nor
    no is not asked again, because they call for something else: they hear that the call is not recorded, and are
    answered. Nothing is taken from words that may still go on, and what was taken goes back with its turn.

    Args:
        agents: who answers the caller.
        recording: knows whether they were asked, and is told what they said.
    """

    def __init__(self, agents: Reception, recording: _Consent) -> None:
        self._agents = agents
        self._recording = recording
        self.session = agents.session
        self.line = agents.line

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        return self._agents.agent

    @property
    def phrases(self) -> Phrases:
        """What that agent says in fixed words."""
        return self._agents.phrases

    def greeting(self) -> str:
        """What the caller hears first behind the notice; nothing where that is a question."""
        return "" if self._recording.greets_later else self._agents.greeting()

    def hear_language(self, detected: str, text: str) -> None:
        """The recognizer heard the caller speak this language."""
        self._agents.hear_language(detected, text)

    async def nobody_came(self, turn: Turn, answer: AnswerSink, reason: str) -> None:
        """Offer to have the caller called back, where nobody took them."""
        await self._agents.nobody_came(turn, answer, reason)

    async def respond(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        """Answer the caller's words.

        Raises:
            ProviderError: the model is not to be had.
        """
        if not self._recording.consent_is_asked:
            return await self._agents.respond(turn, answer)
        phrases = self.phrases
        if await answer_aside(self.session, self.agent, phrases, turn, answer):
            return None
        await turn.certain.wait()
        await turn.wait_final()
        said = consent_in(self.agent.voice.language, turn.caller_text, asked=phrases.recording_consent)
        self._decide(turn, agreed=said == "yes")
        told = phrases.recording_agreed if said == "yes" else phrases.not_recorded
        answer.phrase(turn.passage(self.agent.name), told)
        if said not in ("yes", "no"):
            return await self._agents.respond(turn, answer)
        if greeting := self._agents.greeting():
            answer.phrase(turn.passage(self.agent.name), greeting)
        return None

    def _decide(self, turn: Turn, *, agreed: bool) -> None:
        earlier = turn.undo

        def undo() -> None:
            earlier()
            self._recording.taken_back()

        turn.undo = undo
        self._recording.decided(agreed=agreed)
