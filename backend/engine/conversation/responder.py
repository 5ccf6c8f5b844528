"""What a conversation needs of whoever answers the caller."""

from typing import Protocol, runtime_checkable

from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.domain.tool import Directive
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn

__all__ = ["HearsLanguages", "OffersCallBack", "Responder"]


class Responder(Protocol):
    """The agents of one call. The orchestrator is the real one."""

    session: CallSession
    line: LineSpec

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        ...

    @property
    def phrases(self) -> Phrases:
        """What that agent says in fixed words."""
        ...

    def greeting(self) -> str:
        """What the active agent says when the caller reaches it; may be empty."""
        ...

    async def respond(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        """Answer the caller's words; gives what is to happen once that has been heard.

        Raises:
            ProviderError: no answer is to be had; what was said until then stands.
        """
        ...


@runtime_checkable
class OffersCallBack(Protocol):
    """Who can offer a caller to be called back when no person was to be had."""

    async def nobody_came(self, turn: Turn, answer: AnswerSink, reason: str) -> None:
        """Write the offer into ``answer``; nothing, where none can be made."""
        ...


@runtime_checkable
class HearsLanguages(Protocol):
    """Who can go on in the language that a caller was heard to speak."""

    def hear_language(self, detected: str, text: str) -> None:
        """The recognizer heard this language in these words."""
        ...
