"""How a conversation begins: greeted, told that the line is closed, turned away, or taken up where it broke off."""

from dataclasses import dataclass
from datetime import UTC, datetime

from backend.domain.agent import LineSpec
from backend.domain.call import CallRecord
from backend.domain.ending import Ending
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.engine.call.resuming import resume_phrase
from backend.engine.conversation.conversation import Conversation

__all__ = ["Opening"]


@dataclass(slots=True)
class Opening:
    """What decides how one call begins to be spoken."""

    record: CallRecord
    line: LineSpec
    session: CallSession
    resumes: bool = False
    """Was there a link to the caller before, here or at another worker?"""
    turned_away: str = ""
    """Said instead of a conversation to somebody whose call is not taken."""

    async def run(self, conversation: Conversation, phrases: Phrases) -> Ending:
        """Begin, and speak until the conversation is over."""
        if self.resumes and self.session.visited:
            return await conversation.run(resumed=resume_phrase(self.session, phrases))
        if self.turned_away:
            return await conversation.say_and_end(self.turned_away, Ending("rejected", "turned away"))
        hours = self.line.hours
        if hours is not None and not hours.is_open(datetime.now(UTC)):
            return await conversation.say_and_end(phrases.closed, Ending("rejected", "closed"))
        notice = phrases.recording if self.line.recording.enabled else ""
        return await conversation.run(notice=notice, placed=self.record.direction == "outbound")
