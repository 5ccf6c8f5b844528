"""How a conversation begins: greeted, told that the line is closed, turned away, or taken up where it broke off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from backend.domain.call import CallRecord
from backend.domain.ending import Ending
from backend.domain.hours import Shut
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.engine.call.call_recording import CallRecording
from backend.engine.call.resuming import resume_phrase
from backend.engine.conversation.conversation import Conversation
from backend.engine.thinking.reception import Reception

__all__ = ["Opening"]


class _Notice(TypedDict):
    notice: str
    on_told: Callable[[], None]


@dataclass(slots=True)
class Opening:
    """What decides how one call begins to be spoken."""

    record: CallRecord
    line: LineSpec
    session: CallSession
    recording: CallRecording
    resumes: bool = False
    """Was there a link to the caller before, here or at another worker?"""
    turned_away: str = ""
    """Said instead of a conversation to somebody whose call is not taken."""

    full: bool = False
    """Has the line as many calls as it takes, and something to say to those beyond?"""

    async def run(self, conversation: Conversation, reception: Reception) -> Ending:
        """Begin, and speak until the conversation is over."""
        phrases = reception.phrases
        if self.resumes and self.session.visited:
            resumed = resume_phrase(self.session, phrases)
            return await conversation.run(**self._notice(phrases), resumed=resumed)
        if self.turned_away:
            return await conversation.say_and_end(self.turned_away, Ending("rejected", "turned away"))
        if why := self._shut():
            self.recording.leave_off()
            reception.shut(why, datetime.now(UTC))
            if reception.only_tells:
                return await conversation.say_and_end(reception.greeting(), Ending("rejected", why))
            return await conversation.run(placed=self._placed)
        return await conversation.run(**self._notice(phrases), placed=self._placed)

    def _notice(self, phrases: Phrases) -> "_Notice":
        return {"notice": self.recording.notice(phrases), "on_told": self.recording.told}

    @property
    def _placed(self) -> bool:
        return self.record.direction == "outbound"

    def _shut(self) -> Shut | None:
        """Why the line does not take this call; ``None``: it does. A call that we place is ours."""
        hours = self.line.hours
        if hours is not None and not self._placed and not hours.is_open(datetime.now(UTC)):
            return "closed"
        return "full" if self.full else None
