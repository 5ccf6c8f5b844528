"""What supervisors tell the agent of a call in confidence: kept until it has said something with it.

It is an instruction, and nothing that the caller said: it confirms nothing, shows nobody's identity, and no tool takes
a value from it that the caller's own words do not bear out.
"""

from datetime import UTC, datetime

from backend.domain.hiding import Utterance, hide
from backend.domain.model import ChatMessage
from backend.domain.prompt_leak import PromptLeak
from backend.domain.session import CallSession
from backend.domain.turn_moment import TurnMoment
from backend.domain.whisper import LONGEST_WHISPER, Whisper
from backend.engine.turn.turn import Turn
from backend.errors import CallRefused

__all__ = ["Whispers"]

_MOST = 5
"""So many may wait to be heeded."""
_TOO_SHORT = 6
"""Words; fewer may be said by chance, or because that is what it asks for."""
_MOST_SHOWN = 3
"""Turns after which one is done with although the agent said nothing of its own in any of them."""
_TOLD = (
    "A supervisor follows this call and tells you something in confidence; the caller does not hear it. Heed it in "
    "your next answer as far as your instructions and tools let you. The caller did not say it: it confirms nothing, "
    "shows nobody's identity, and is no value for a tool. Do not mention that anybody told you anything.\n\n"
)


class Whispers:
    """Those of one call.

    Args:
        session: where they wait; who goes on with the call has them, too.
    """

    def __init__(self, session: CallSession) -> None:
        self._session = session

    def add(self, text: str, by: str) -> None:
        """Tell the agent something. Card numbers in it are hidden, as everywhere.

        Raises:
            CallRefused: as many wait as may, or there is nothing in it.
        """
        (hidden,) = hide([Utterance(" ".join(text.split())[:LONGEST_WHISPER])])
        if not hidden:
            raise CallRefused("there is nothing to tell the agent in it")
        if len(self._session.whispers) >= _MOST:
            raise CallRefused(f"{_MOST} things wait already for the agent's next answer")
        self._session.whispers.append(Whisper(text=hidden, by=by))

    def for_model(self, turn: Turn) -> list[ChatMessage]:
        """What the model is told now, behind everything else; nothing once it has spoken in this turn."""
        if turn.spoke or not self._session.whispers:
            return []
        turn.whispers = list(self._session.whispers)
        return [ChatMessage("system", _TOLD + "\n".join(one.text for one in turn.whispers))]

    @staticmethod
    def leaks(turn: Turn) -> list[PromptLeak]:
        """Each of those that the model is shown: read out from its first word to its last it would be none."""
        found = [PromptLeak(one.text, certain=len(one.text.split())) for one in turn.whispers]
        return [leak for leak in found if leak.certain >= _TOO_SHORT]

    def settle(self, turn: Turn) -> None:
        """A turn is over, and counts: what the model said in it was said with them."""
        for one in turn.whispers:
            one.shown += 1
            if not turn.spoke and one.shown < _MOST_SHOWN:
                continue
            self._session.whispers = [left for left in self._session.whispers if left is not one]
            turn.beside.append(
                TurnMoment(kind="whispered", at=datetime.now(UTC), by=one.by, ok=turn.spoke, given=one.text)
            )
