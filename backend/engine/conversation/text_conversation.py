"""A conversation in text: the same agents, tools and hand-offs as on the telephone, without audio.

There is nobody to interrupt and nothing to wait for, so a turn is what one call of ``say``
makes of it. Chat, rehearsals and replays all converse through this.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.phrases import fill
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.conversation.responder import Responder
from backend.engine.conversation.text_answer import TextAnswer
from backend.engine.conversation.text_events import Over, TextEvent, Typing
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken
from backend.errors import CallRefused, RingmasterError

__all__ = ["Channel", "TextConversation"]

log = logging.getLogger(__name__)

Channel = Literal["text", "voice"]
"""``voice`` rehearses what a caller on the telephone would hear."""


def _unheard(_: object) -> None:
    return None


class TextConversation:
    """One person and the agents of one line.

    Args:
        responder: answers.
        channel: what the reader is told when a person is to take over.
        on_event: told what happens while an answer is made.
        on_turn: told of each turn once it is settled.
        now: the time in UTC, for the record.
    """

    def __init__(
        self,
        responder: Responder,
        *,
        channel: Channel = "text",
        on_event: Callable[[TextEvent], None] = _unheard,
        on_turn: Callable[[Turn], None] = _unheard,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._responder = responder
        self._session = responder.session
        self._channel = channel
        self._on_event = on_event
        self._on_turn = on_turn
        self._now = now
        self._failures = 0
        self._busy = False
        self._began = datetime.min.replace(tzinfo=UTC)
        self.directive: Directive | None = None
        """What the last turn asked for: the end of the call, or a person."""
        self.ending: Ending | None = None
        self.faults: list[RingmasterError] = []
        """What went wrong in turns that ended in an apology."""

    @property
    def busy(self) -> bool:
        """Is an answer being made?"""
        return self._busy

    def open(self) -> None:
        """Greet, where the agent has a greeting."""
        if greeting := self._responder.greeting():
            self._say_alone(greeting)

    def close_with(self, text: str, ending: Ending) -> None:
        """Say one phrase and be done: the line is closed."""
        self._say_alone(text)
        self._end(ending)

    async def say(self, text: str) -> None:
        """One turn: the caller's words, and the answer to them.

        Raises:
            CallRefused: it is over, or the last words are still being answered.
        """
        if self.ending is not None:
            raise CallRefused("this conversation is over; begin a new one")
        if self._busy:
            raise CallRefused("the last words are still being answered")
        self._busy = True
        turn = self._turn(text)
        self._session.turn = turn.index  # as on the telephone, where a turn counts from when it is certain
        try:
            directive = await self._take(turn)
        finally:
            self._busy = False
        self._follow(directive)

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it from outside: the reader left, the server goes away."""
        self._end(Ending(outcome, detail))

    # -- turns ----------------------------------------------------------------------------

    def _turn(self, text: str) -> Turn:
        # Turns are told apart by the millisecond they began in.
        self._began = max(self._now(), self._began + timedelta(milliseconds=1))
        turn = Turn(self._session.turn + 1, self._responder.agent.name, Taken(text), certain=True, at=self._began)
        turn.zero = asyncio.get_running_loop().time()
        turn.committed = True
        return turn

    async def _take(self, turn: Turn) -> Directive | None:
        answer = TextAnswer(self._responder.agent.voice.voice(), self._on_event)
        self._on_event(Typing(turn.record.agent))
        try:
            directive = await self._responder.respond(turn, answer)
            self._failures = 0
        except RingmasterError as error:
            directive = self._apologize(turn, answer, error)
        except asyncio.CancelledError:
            turn.interrupted = True
            raise
        finally:
            answer.end_passage()
            self._settle(turn)
        return directive

    def _apologize(self, turn: Turn, answer: TextAnswer, error: RingmasterError) -> Directive | None:
        """Failure has words: an apology; the second time in a row, a person."""
        log.error("turn failed", extra={"event": "turn.failed", "code": error.code, "turn": turn.index})
        self.faults.append(error)
        self._failures += 1
        agent = self._responder.agent.name
        phrases = self._responder.phrases
        way_out = "" if self._failures > 1 else f" {phrases.way_out_without_key}"
        answer.phrase(turn.passage(agent), f"{phrases.trouble}{way_out}")
        return TransferToPerson("the system failed twice") if self._failures > 1 else None

    def _settle(self, turn: Turn) -> None:
        record, passages = turn.record, turn.passages()
        self._session.history.extend(turn.settled())
        self._session.turn = turn.index
        record.said = " ".join(p.text.strip() for p in passages if p.text.strip())
        record.heard = " ".join(p.heard for p in passages if p.heard)
        record.interrupted = turn.interrupted
        record.latencies.heard_ms = round((asyncio.get_running_loop().time() - turn.zero) * 1000, 1)
        self._on_turn(turn)

    def _say_alone(self, text: str) -> None:
        turn = self._turn("")
        answer = TextAnswer(self._responder.agent.voice.voice(), self._on_event)
        answer.phrase(turn.passage(self._responder.agent.name), text)
        self._settle(turn)

    # -- leaving --------------------------------------------------------------------------

    def _follow(self, directive: Directive | None) -> None:
        self.directive = directive
        if isinstance(directive, EndCall):
            self._end(Ending(directive.outcome, directive.reason))
        elif isinstance(directive, TransferToPerson):
            self._say_alone(self._way_to_person(directive))
            self._end(Ending("transferred", directive.reason))

    def _way_to_person(self, directive: TransferToPerson) -> str:
        """A chat cannot be put through, so the reader is told where a person answers; in danger, where help does."""
        phrases = self._responder.phrases
        if self._channel == "voice":
            return phrases.emergency if directive.emergency else phrases.connecting
        number = directive.number or self._responder.line.person.number
        return phrases.chat_emergency if directive.emergency else fill(phrases.chat_person, {"number": number})

    def _end(self, ending: Ending) -> None:
        if self.ending is None:
            self.ending = ending
            self._on_event(Over(ending.outcome))
