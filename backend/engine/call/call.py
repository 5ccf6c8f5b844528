"""One call from ring to hang-up: its objects, its link to the caller, and how it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord
from backend.domain.call_context import CallContext, bound
from backend.domain.case_names import names_outside
from backend.domain.ending import Ending
from backend.domain.line import LineSpec
from backend.domain.session import CallSession
from backend.domain.speech import RecognitionEvent
from backend.domain.timezone import zone
from backend.domain.tool import TransferToPerson
from backend.engine.call.agent_changes import AgentChanges
from backend.engine.call.attending import Attending
from backend.engine.call.call_memory import CallMemory
from backend.engine.call.call_recording import CallRecording
from backend.engine.call.captioning import Captioning
from backend.engine.call.environment import CallEnvironment
from backend.engine.call.media_presence import MediaPresence
from backend.engine.call.new_session import new_session
from backend.engine.call.opening import Opening
from backend.engine.call.service_phrase import ServicePhrase
from backend.engine.call.showing import Showing, ShownCall
from backend.engine.call.time_limit import TimeLimit
from backend.engine.call.transfer import Transfer
from backend.engine.call.weakly import weakly
from backend.engine.conversation.conversation import Conversation
from backend.engine.listening.listening import Listener
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import SpeechOutput
from backend.engine.thinking.consent_door import ConsentDoor
from backend.engine.thinking.orchestrator import Orchestrator
from backend.engine.thinking.reception import Reception
from backend.engine.turn.turn import Turn
from backend.errors import ProviderError, RingmasterError
from backend.ports import CallControl, MediaLink

__all__ = ["Call", "CallEnvironment", "hang_up"]

log = logging.getLogger(__name__)


class Call:
    """One live call.

    Args:
        record: what is kept of it; filled in as it goes.
        line: the line it came in on.
        store: the agents it begins with and keeps.
        environment: shared parts.
        token: secret by which what is reported of it, and its media, find their way to it.
        session: the memory it goes on with, when it began elsewhere.
        mine: is it still this worker's call?
    """

    def __init__(
        self,
        record: CallRecord,
        line: LineSpec,
        store: AgentStore,
        environment: CallEnvironment,
        *,
        token: str,
        session: CallSession | None = None,
        mine: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self.record = record
        self.line = line
        self.token = token
        self._environment = environment
        self._control = environment.ways.control(record.way)
        self.session = session or new_session(record, line, store)
        self.context = CallContext(record.call_id, line.name, self.session.active_agent, self.session.turn)
        """Bound by whoever works for this call, so that logs and spans name it."""
        timezone = zone(line.timezone)
        with bound(self.context):
            self._memory = CallMemory(environment, record, self.session, mine or _always, store.credentials)
        self._agent_changes = AgentChanges(self.context, self._memory)
        self._shown = ShownCall(record, self.session, environment.thinking.services.cases, tuple(store.forms))
        self.orchestrator = Orchestrator(
            self.session,
            line,
            store,
            environment.thinking,
            now=lambda: datetime.now(timezone),
            on_agent=self._agent_changes,
            person_key=environment.limits.person_key,
        )
        self.recording = _recording_of(self, environment)
        """What of it is recorded."""
        self.opening = Opening(record, line, self.session, self.recording, resumes=session is not None)
        """How it begins when the caller can be spoken with."""
        self._reception = Reception(self.orchestrator)
        self._media = MediaPresence()
        self.attending = Attending(line, self.session)
        """Supervisors."""
        self._transfer = Transfer(self._control, record, self.session, token, names_outside(store.forms.values()))
        self._conversation: Conversation | None = None
        self.service_phrase = ServicePhrase(record.call_id)
        """A phrase that the service itself says."""

    # -- what happens outside -------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Has it ended?"""
        return self._media.over

    @property
    def talking(self) -> bool:
        """Is the media socket up?"""
        return self._conversation is not None and not self.over

    @property
    def carried(self) -> bool:
        """Does a media socket carry it? If not, it waits for one."""
        return self._media.carried

    def wants_media(self, connection_id: str | None) -> bool:
        """Does it wait for the media of this connection? Where either is not known, that is no hindrance."""
        known = self.record.connection_id
        return not self.carried and (not known or not connection_id or connection_id == known)

    @property
    def stored(self) -> bool:
        """Is its session in the store, as far as is known?"""
        return self._memory.stored

    def begin(self) -> None:
        """Note that the call exists, or what has become known of it."""
        self._memory.note_call()

    def connected(self, connection_id: str) -> None:
        """The service has taken up the call under this id."""
        self.record.connection_id = self.session.connection_id = connection_id

    def disconnected(self) -> None:
        """The service says that the call is over."""
        self._media.disconnect()
        self.transfer_result(accepted=True)
        if self._conversation:
            self.attending.caller_left(self._conversation, transferred=self._transfer.made)

    def transfer_result(self, *, accepted: bool, operation: str | None = None) -> None:
        """A transfer has come to its end, as ``Transfer.result`` takes it. Without one this changes nothing."""
        self._transfer.result(accepted=accepted, operation=operation)

    async def wait_attached(self, limit_s: float | None = None) -> bool:
        """Wait for the media socket; false when it did not come in time (that of the settings, unless given)."""
        return await self._media.wait_attached(self._environment.media_connect_s if limit_s is None else limit_s)

    # -- the conversation -----------------------------------------------------------------

    async def converse(self, link: MediaLink) -> Ending:
        """Speak with the caller over ``link`` until it is over, then tidy up.

        When the link is lost but the call is not, this returns with the call still open; it can be
        called again with another link.

        Raises:
            CallNotFound: another link was faster, or the call is over.
        """
        await self._media.enter()
        try:
            ending = await self._converse(link)
            if not ending.cut_off:
                await self.finish(ending)
            await link.close()
            return ending
        finally:
            self.opening.resumes = True
            self._media.leave()

    async def _converse(self, link: MediaLink) -> Ending:
        heard = self.recording.opened(link)
        self._conversation = conversation = self._open_conversation(heard)
        self._agent_changes.ear = conversation.ear
        self._memory.note_agent(self.orchestrator.agent)
        hearing = asyncio.create_task(self._hear(heard, conversation), name="hearing")
        limit = _limit_of(self, conversation, self._environment)
        captioning, showing = Captioning(link, conversation), Showing(link, conversation, self._shown)
        ending: Ending | None = None
        try:
            ending = await self.opening.run(conversation, self._reception)
            return ending
        finally:
            hearing.cancel()
            try:
                await limit.close()
                await captioning.close()
                await showing.close(ending)
            finally:
                await asyncio.gather(hearing, return_exceptions=True)
                self.recording.left()
                self._agent_changes.ear = self._conversation = None
                self.attending.end()
                conversation.release()

    def _open_conversation(self, link: MediaLink) -> Conversation:
        environment, memory = self._environment, self._memory
        playout = Playout(link, environment.lead_ms, environment.pacer)
        conversation = Conversation(
            ConsentDoor(self._reception, self.recording) if self.recording.wanted else self._reception,
            SpeechOutput(environment.tts, environment.phrases, playout, link.audio, self.session.use),
            lambda on_event, on_deaf: self._ear(link, on_event, on_deaf),
            limits=environment.limits,
            transfer=lambda directive: self._transfer.to_person(self.line.person, directive),
            on_turn=self._settled,
            on_answered=self._answered,
            on_moment=memory.note_moment,
        )
        return self.attending.begin(conversation, playout, link)

    def _settled(self, turn: Turn) -> None:
        self._memory.note_turn(turn)
        self.recording.settled()

    def _answered(self, turn: Turn) -> None:
        self.recording.answered(turn)
        self._memory.note_answer(turn)
        self._agent_changes.asked(self.orchestrator.speech)

    def _ear(
        self,
        link: MediaLink,
        on_event: Callable[[RecognitionEvent], None],
        on_deaf: Callable[[RingmasterError], None],
    ) -> Listener:
        local = self._environment.activity
        heard, use = self._memory.recognized.before(self.recording.before(on_event)), self.session.use
        return Listener(self._environment.stt, link.audio, local(link) if local else None, heard, on_deaf, use)

    async def _hear(self, link: MediaLink, conversation: Conversation) -> None:
        try:
            await link.receive(conversation)
        except ProviderError as error:
            name = self.record.call_id
            log.warning("media connection broke", extra={"event": "media.broke", "code": error.code, "call_id": name})
        self._media.lost()
        await self._media.linger()
        if self._media.disconnected or self._transfer.made or not self.record.connection_id:
            self.attending.caller_left(conversation, transferred=self._transfer.made)
        else:
            log.warning("media connection lost", extra={"event": "media.lost", "call_id": self.record.call_id})
            conversation.cut_off("media lost")

    # -- what others ask of it ------------------------------------------------------------

    def end(self, ending: Ending) -> None:
        """End the conversation for a reason of ours: an operator, a drain."""
        if self._conversation:
            self._conversation.end(ending.outcome, ending.detail)

    def to_person(self, directive: TransferToPerson) -> None:
        """Connect the caller with a person for a reason of ours, when they can be spoken with."""
        if self._conversation:
            self._conversation.to_person(directive)

    def take_leave(self, text: str, ending: Ending) -> None:
        """End the conversation for a reason of ours, when the caller has heard ``text``."""
        if self._conversation:
            self._conversation.take_leave(text, ending)

    async def transfer(self, to: str, context: Mapping[str, str]) -> bool:
        """Connect the caller to another number; true when it was taken up. Raises like ``Transfer.to_number``."""
        return await self._transfer.to_number(to, context)

    async def release(self) -> None:
        """Let another worker have it: stop talking, write what is left, and leave the call itself alone."""
        if self._conversation:
            self._conversation.cut_off("another worker goes on with it")
        await self._media.vacated()
        if self.over:
            return
        self.recording.handed_on()
        self._media.end()
        self._media.disconnect()
        await self._memory.hand_on()

    async def finish(self, ending: Ending) -> None:
        """Hang up, write what is left, forget the session. Safe to call twice."""
        if self.over:
            return
        self._media.end()
        self.transfer_result(accepted=False)
        self.recording.over()
        self._memory.note_end(ending)
        elsewhere = self.attending.over(ending, transferred=self._transfer.made)
        if not elsewhere and not self._media.disconnected and self.record.connection_id:
            await hang_up(self._control, self.record)
        self._media.disconnect()
        await self._memory.close()


def _recording_of(call: Call, environment: CallEnvironment) -> CallRecording:
    changed, recorders, tapes = weakly(call.begin, None), environment.recorders, environment.tapes
    return CallRecording(call.record, call.line, call.session, recorders, changed, tapes, call.token)


def _limit_of(call: Call, conversation: Conversation, environment: CallEnvironment) -> TimeLimit:
    line = call.line
    longest = line.max_minutes * 60 if line.max_minutes else environment.longest_s
    longest = min(longest, environment.session_s) if call.record.direction == "browser" else longest
    return TimeLimit(longest, line.time_limit, lambda: call.orchestrator.phrases, conversation)


async def hang_up(control: CallControl, record: CallRecord) -> None:
    """Have the service end a call that has ended here. What it cannot do is logged."""
    try:
        await control.hang_up(record.connection_id)
    except ProviderError as error:
        log.warning(
            "hang-up failed", extra={"event": "call.hang_up_failed", "code": error.code, "call_id": record.call_id}
        )


async def _always() -> bool:
    return True
