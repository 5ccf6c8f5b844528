"""What supervisors do in one call: listen, tell its agent things that the caller does not hear, speak themselves."""

from backend.domain.ending import Ending
from backend.domain.line import LineSpec
from backend.domain.live_call import Doing
from backend.domain.session import CallSession
from backend.engine.call.discretion import asks_secret
from backend.engine.call.overhearing import Overhearing, Sink
from backend.engine.call.weakly import weakly
from backend.engine.conversation.conversation import Conversation
from backend.engine.conversation.visit import Visit
from backend.engine.speaking.playout import Playout
from backend.engine.thinking.whispers import Whispers
from backend.errors import CallRefused
from backend.ports import MediaLink

__all__ = ["Attending"]


class Attending:
    """Those who attend one call, as its line lets them.

    Args:
        line: says what they may.
        session: the call's memory.
    """

    def __init__(self, line: LineSpec, session: CallSession) -> None:
        self._line = line
        self._session = session
        self._conversation: Conversation | None = None
        self.overhearing = Overhearing(lambda: asks_secret(session), weakly(self._speaks, ""))
        """Who listens."""
        self.visit: Visit | None = None
        """The last colleague who took the call over."""

    def begin(self, conversation: Conversation, playout: Playout, link: MediaLink) -> Conversation:
        """The call speaks over this link now; gives the conversation."""
        self._conversation = conversation
        self.overhearing.begin(conversation, playout, link.audio)
        return conversation

    def end(self) -> None:
        """It speaks over none."""
        self._conversation = None
        if self.visit is not None:
            self.visit.end("call_over")
        self.overhearing.end()

    @property
    def taken_over(self) -> bool:
        """Does a colleague speak with the caller, or is about to?"""
        return self.visit is not None and not self.visit.ended

    @property
    def doing(self) -> tuple[Doing, str] | None:
        """What goes on now, and what it is about; ``None`` while nobody speaks with the caller."""
        conversation = self._conversation
        if conversation is None:
            return None
        if self.visit is not None and self.taken_over:
            return "colleague", self.visit.by
        match conversation.floor:
            case "thinking" if conversation.at_work:
                return "tool", ", ".join(conversation.at_work)
            case "listening":
                asked = str(self._session.facts.get("_question", {}).get("name") or "")
                return ("hearing" if conversation.ear.speaking else "listening"), asked
            case "leaving":
                return "connecting", ""
            case other:
                return other, ""

    def _speaks(self) -> str:
        return self.visit.name if self.visit is not None and self.visit.speaks else ""

    def listen(self, name: str, sink: Sink, *, relayed: bool = False) -> None:
        """Somebody listens from now on, or still does. Arguments as for ``Overhearing.add``.

        Raises:
            CallRefused: the line forbids it.
            PoolExhausted: as many listen as may.
        """
        if not self._line.supervision.listen:
            raise CallRefused(f"the line {self._line.name} lets nobody listen to its calls (supervision.listen)")
        self.overhearing.add(name, sink, relayed=relayed)

    def whisper(self, text: str, by: str) -> None:
        """Tell the agent something that the caller does not hear.

        Raises:
            CallRefused: the line forbids it, nobody speaks with the caller, or too much waits already.
        """
        if not self._line.supervision.whisper:
            raise CallRefused(f"the line {self._line.name} lets nobody whisper to its agents (supervision.whisper)")
        if self._conversation is None:
            raise CallRefused("no agent speaks with the caller now")
        Whispers(self._session).add(text, by)

    def caller_left(self, conversation: Conversation, *, transferred: bool) -> None:
        """The caller is gone. Whom a person had taken, in a browser or by telephone, was in good hands."""
        if self.visit is not None and self.taken_over:
            conversation.end("transferred", f"{self.visit.by} took over; then the caller hung up")
        else:
            conversation.end("transferred" if transferred else "caller_hung_up")

    def over(self, ending: Ending, *, transferred: bool) -> bool:
        """The call has ended. Is the caller somewhere else now, so that the call is not ours to hang up?"""
        self.overhearing.over()
        return ending.outcome == "transferred" and (transferred or self.visit is None)

    def take_over(self, visit: Visit) -> None:
        """Let a colleague speak with the caller instead of the agent.

        Raises:
            CallRefused: the line forbids it, a colleague does already, or the call is not at a point where one can.
        """
        if not self._line.supervision.take_over:
            raise CallRefused(f"the calls of the line {self._line.name} cannot be taken over (supervision.take_over)")
        if self.visit is not None and self.taken_over:
            raise CallRefused(f"{self.visit.by} speaks with the caller already")
        if self._conversation is None:
            raise CallRefused("the caller cannot be heard now")
        self._conversation.step_aside(visit)
        self.visit = visit
