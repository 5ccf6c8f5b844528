"""One call from ring to hang-up: its objects, its link to the caller, and how it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import msgspec

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.call import CallRecord
from backend.domain.call_context import CallContext, bound
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.session import CallSession
from backend.domain.speech import RecognitionEvent
from backend.domain.timezone import zone
from backend.domain.tool import TransferToPerson
from backend.engine.call.discretion import Discretion
from backend.engine.call.journal import Journal
from backend.engine.call.resuming import resume_phrase
from backend.engine.call.session_keeper import SessionKeeper
from backend.engine.call.time_limit import TimeLimit
from backend.engine.conversation.conversation import Conversation, ConversationLimits
from backend.engine.conversation.floor_figures import FloorFigures
from backend.engine.listening.listening import Ear
from backend.engine.listening.voice_activity import VoiceActivity, local_voice_activity
from backend.engine.speaking.line_cache import LineCache
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Voicebox
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.turn.call_log import call_ended
from backend.engine.turn.turn import Turn
from backend.errors import CallNotFound, CallRefused, ProviderError, RingmasterError
from backend.ports import CallControl, CallRecords, MediaLink, SessionStore, SpeechToText, TextToSpeech, TurnTelemetry

__all__ = ["Call", "CallEnvironment"]

log = logging.getLogger(__name__)

_TRANSFER_LIMIT_S = 45.0
_EMERGENCY_LIMIT_S = 20.0
"""Who is in danger is not left ringing: after this they are told to call for help themselves."""
_LINGER_S = 1.5
"""After the media socket went, the callback that says why is given this long to arrive."""

_CUT_OFF = Ending("failed", "media lost")
"""The conversation ends, the call does not: it waits for its media socket, here or at another worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnvironment:
    """What every call of this worker works with."""

    control: CallControl
    stt: SpeechToText
    tts: TextToSpeech
    lines: LineCache
    thinking: Thinking
    sessions: SessionStore
    records: CallRecords
    telemetry: TurnTelemetry
    floor: FloorFigures = field(default_factory=FloorFigures)
    limits: ConversationLimits = ConversationLimits()
    lead_ms: int = 100
    media_connect_s: float = 10.0
    longest_s: float = 3600.0
    activity: Callable[[MediaLink], VoiceActivity] | None = lambda link: local_voice_activity(link.audio)
    """Local voice activity; ``None`` turns it off."""


class Call:
    """One live call.

    Args:
        record: what is kept of it; filled in as it goes.
        line: the line it came in on.
        store: the agents it begins with and keeps.
        environment: shared parts.
        token: secret that its callbacks and its media socket carry in their path.
        callback_url: where the outcome of a transfer is reported to.
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
        callback_url: str,
        session: CallSession | None = None,
        mine: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self.record = record
        self.line = line
        self.token = token
        self._callback_url = callback_url
        self._environment = environment
        self.session = session or CallSession(
            call_id=record.call_id,
            line=line.name,
            active_agent=line.entry,
            store_version=store.version,
            caller_number=(record.caller if record.direction == "inbound" else record.called).reveal(),
        )
        self.context = CallContext(record.call_id, line.name, self.session.active_agent, self.session.turn)
        """Bound by whoever works for this call, so that logs and spans name it."""
        self._discretion = Discretion(self.session, environment.thinking.services.veil)
        self.turned_away = ""
        """Said instead of a conversation to somebody whose call is not taken."""
        self._resumes = session is not None
        self._zone = zone(line.timezone)
        self.orchestrator = Orchestrator(
            self.session,
            line,
            store,
            environment.thinking,
            now=lambda: datetime.now(self._zone),
            on_agent=self._on_agent,
            person_key=environment.limits.person_key,
        )
        with bound(self.context):
            self._journal = Journal()
            self._keeper = SessionKeeper(
                environment.sessions, record.call_id, mine=mine or _always, version=self.session.version
            )
        self._conversation: Conversation | None = None
        self._transferred: asyncio.Future[bool] | None = None
        self._attached = asyncio.Event()
        self._disconnected = asyncio.Event()
        self._over = asyncio.Event()
        self._knock = asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()
        self._played = asyncio.Event()
        self._carried = False

    # -- what happens outside -------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Has it ended?"""
        return self._over.is_set()

    @property
    def talking(self) -> bool:
        """Is the media socket up?"""
        return self._conversation is not None and not self.over

    @property
    def carried(self) -> bool:
        """Does a media socket carry it? If not, it waits for one."""
        return self._carried or self.over

    @property
    def stored(self) -> bool:
        """Is its session in the store, as far as is known?"""
        return not self._keeper.behind

    def begin(self) -> None:
        """Note that the call exists, or what has become known of it."""
        self._journal.note(lambda: self._environment.records.started(self.record))

    def connected(self, connection_id: str) -> None:
        """The service has taken up the call under this id."""
        self.record.connection_id = self.session.connection_id = connection_id

    def disconnected(self) -> None:
        """The service says that the call is over."""
        self._disconnected.set()
        self.transfer_result(accepted=True)
        if self._conversation:
            self._conversation.end("caller_hung_up")

    def played(self) -> None:
        """The service has said the line that it was asked to say, or could not."""
        self._played.set()

    async def wait_played(self, limit_s: float) -> None:
        """Wait until the service has said a line."""
        try:
            async with asyncio.timeout(limit_s):
                await self._played.wait()
        except TimeoutError:
            log.warning(
                "the service did not say that a line was played",
                extra={"event": "call.phrase_unconfirmed", "call_id": self.record.call_id},
            )

    def transfer_result(self, *, accepted: bool) -> None:
        """The service reports how a transfer went, or it has come to nothing. Without one this changes nothing."""
        if self._transferred and not self._transferred.done():
            self._transferred.set_result(accepted)

    async def wait_attached(self, limit_s: float | None = None) -> bool:
        """Wait for the media socket; false when it did not come in time (that of the settings, unless given)."""
        limit_s = self._environment.media_connect_s if limit_s is None else limit_s
        waits = [asyncio.ensure_future(self._attached.wait()), asyncio.ensure_future(self._disconnected.wait())]
        await asyncio.wait(waits, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        return self._attached.is_set()

    # -- the conversation -----------------------------------------------------------------

    async def converse(self, link: MediaLink) -> Ending:
        """Speak with the caller over ``link`` until it is over, then tidy up.

        When the link is lost but the call is not, this returns with the call still open; it can be
        called again with another link.

        Raises:
            CallNotFound: another link was faster, or the call is over.
        """
        self._knock.set()
        await self._free.wait()
        if self.carried:
            raise CallNotFound("this call has its media already")
        self._carried = True
        self._free.clear()
        self._attached.set()
        self._knock.clear()
        try:
            ending = await self._converse(link)
            if ending is not _CUT_OFF:
                await self.finish(ending)
            await link.close()
            return ending
        finally:
            self._carried = False
            self._attached.clear()
            self._conversation = None
            self._resumes = True
            self._free.set()

    async def _converse(self, link: MediaLink) -> Ending:
        environment = self._environment
        playout = Playout(link, environment.lead_ms)
        box = Voicebox(environment.tts, environment.lines, playout, link.audio)
        conversation = Conversation(
            self.orchestrator,
            box,
            lambda on_event, on_deaf: self._ear(link, on_event, on_deaf),
            limits=environment.limits,
            transfer=self._to_person,
            on_turn=self._on_turn,
            on_answered=self._on_answered,
            on_moment=self._on_moment,
        )
        self._conversation = conversation
        self._note_agent(self.orchestrator.agent)
        hearing = asyncio.create_task(self._hear(link, conversation), name="hearing")
        longest_s = self.line.max_minutes * 60 if self.line.max_minutes else environment.longest_s
        limit = TimeLimit(longest_s, self.line.time_limit, lambda: self.orchestrator.phrases, conversation)
        try:
            ending = await self._run(conversation)
        finally:
            await limit.close()
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
        return _CUT_OFF if ending == _CUT_OFF else ending

    async def _run(self, conversation: Conversation) -> Ending:
        if self._resumes and self.session.visited:
            return await conversation.run(resumed=resume_phrase(self.session, self.orchestrator.phrases))
        if self.turned_away:
            return await conversation.say_and_end(self.turned_away, Ending("rejected", "turned away"))
        hours = self.line.hours
        if hours is not None and not hours.is_open(datetime.now(UTC)):
            return await conversation.say_and_end(self.orchestrator.phrases.closed, Ending("rejected", "closed"))
        notice = self.orchestrator.phrases.recording if self.line.recording.enabled else ""
        return await conversation.run(notice=notice, placed=self.record.direction == "outbound")

    def _ear(
        self,
        link: MediaLink,
        on_event: Callable[[RecognitionEvent], None],
        on_deaf: Callable[[RingmasterError], None],
    ) -> Ear:
        local = self._environment.activity
        activity = local(link) if local else None
        return Ear(self._environment.stt, link.audio, activity, on_event, on_deaf)

    async def _hear(self, link: MediaLink, conversation: Conversation) -> None:
        try:
            await link.receive(conversation)
        except ProviderError as error:
            log.warning(
                "media broke", extra={"event": "media.broke", "code": error.code, "call_id": self.record.call_id}
            )
        self._carried = False
        await self._linger()
        if self._disconnected.is_set() or self._transferred_away or not self.record.connection_id:
            conversation.end("transferred" if self._transferred_away else "caller_hung_up")
        else:
            log.warning("media lost", extra={"event": "media.lost", "call_id": self.record.call_id})
            conversation.end(_CUT_OFF.outcome, _CUT_OFF.detail)

    async def _linger(self) -> None:
        """Wait for the callback that says why the media socket went, or for another socket."""
        waits = [asyncio.ensure_future(self._disconnected.wait()), asyncio.ensure_future(self._knock.wait())]
        try:
            await asyncio.wait(waits, timeout=_LINGER_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    @property
    def _transferred_away(self) -> bool:
        transferred = self._transferred
        return transferred is not None and transferred.done() and not transferred.cancelled() and transferred.result()

    async def release(self) -> None:
        """Let another worker have it: stop talking, write what is left, and leave the call itself alone."""
        if self._conversation:
            self._conversation.end(_CUT_OFF.outcome, _CUT_OFF.detail)
        self._knock.set()
        await self._free.wait()
        if self.over:
            return
        self._over.set()
        self._disconnected.set()
        await self._keeper.close(forget=False)
        await self._journal.close()

    # -- the end --------------------------------------------------------------------------

    async def finish(self, ending: Ending) -> None:
        """Hang up, write what is left, forget the session. Safe to call twice."""
        if self.over:
            return
        self._over.set()
        self.transfer_result(accepted=False)
        record = self.record
        record.ended_at = datetime.now(UTC)
        record.outcome, record.detail = ending.outcome, ending.detail
        record.claim_id = self.session.claim_id
        if ending.outcome != "transferred" and not self._disconnected.is_set() and record.connection_id:
            await self._hang_up()
        self._disconnected.set()
        self._environment.telemetry.call_ended(record)
        call_ended(record)
        self._journal.note(lambda: self._environment.records.ended(record))
        await self._journal.close()
        await self._keeper.close(forget=True)

    async def _hang_up(self) -> None:
        try:
            await self._environment.control.hang_up(self.record.connection_id)
        except ProviderError as error:
            log.warning(
                "hang-up failed",
                extra={"event": "call.hang_up_failed", "code": error.code, "call_id": self.record.call_id},
            )

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

    async def transfer(self, to: str, context: Mapping[str, str], limit_s: float = _TRANSFER_LIMIT_S) -> bool:
        """Connect the caller to another number; true when it was taken up.

        Raises:
            CallRefused: a transfer is under way already, or the service cannot do it now.
            CallNotFound: the service does not know the call any more.
            ProviderError: the service would not even try.
        """
        if self._transferred is not None and not self._transferred.done():
            raise CallRefused("this call is being transferred already")
        transferred = self._transferred = asyncio.get_running_loop().create_future()
        try:
            await self._environment.control.transfer(
                self.record.connection_id, to=to, context=context, callback_url=self._callback_url
            )
            async with asyncio.timeout(limit_s):
                return await transferred
        except TimeoutError:
            return False
        finally:
            transferred.cancel()

    async def _to_person(self, directive: TransferToPerson) -> bool:
        try:
            limit_s = _EMERGENCY_LIMIT_S if directive.emergency else _TRANSFER_LIMIT_S
            return await self.transfer(self.line.person.number, self._context(directive), limit_s)
        except RingmasterError as error:
            log.error(
                "transfer failed",
                extra={"event": "call.transfer_failed", "code": error.code, "call_id": self.record.call_id},
            )
            return False

    def _context(self, directive: TransferToPerson) -> dict[str, str]:
        session = self.session
        known = {
            "Call-Id": self.record.call_id,
            "Reason": directive.reason[:120],
            "Caller": session.caller_number,
            "Policy-Id": session.subject.id if session.subject else "",
            "Claim-Id": session.claim_id or "",
        }
        known = {name: value for name, value in known.items() if value}
        summary = {"Summary": session.facts.get("handoff", {}).get("summary", "")}
        if directive.emergency:  # few names go through to a phone: first what help needs
            return {"Priority": "emergency"} | dict(directive.context) | known | summary
        return known | dict(directive.context) | summary

    # -- bookkeeping ----------------------------------------------------------------------

    def _on_agent(self, agent: AgentSpec) -> None:
        self.context.agent = agent.name
        self._note_agent(agent)
        if self._conversation:
            self._conversation.ear.tune(agent.speech)

    def _note_agent(self, agent: AgentSpec) -> None:
        if agent.name not in self.record.agents:
            self.record.agents.append(agent.name)
            self.begin()

    def _on_turn(self, turn: Turn) -> None:
        record = turn.record
        more = self._discretion.settle(record)
        self.record.turns.append(record)
        self.record.claim_id = self.session.claim_id
        self._environment.telemetry.turn(self.record, record)
        self._environment.floor.turn(record)
        for one in (*more, record):
            self._journal.note(partial(self._environment.records.turn, self.record.call_id, one))
        self._keeper.keep(self._discretion.stored(self.session))

    def _on_moment(self, moment: FloorMoment) -> None:
        self._environment.floor.note(moment)
        self._environment.telemetry.floor(self.record, moment)

    def _on_answered(self, turn: Turn) -> None:
        """Store the turn as it was meant: should this worker die while it is spoken, nothing is asked twice."""
        history = [*self.session.history, *turn.settled(as_meant=True)]
        meant = msgspec.structs.replace(self.session, history=history, turn=turn.index)
        self._keeper.keep(self._discretion.stored(meant))


async def _always() -> bool:
    return True
