"""What the engine needs of the world. Each port has one real adapter and a scripted fake in backend.testing.

Unless said otherwise, methods are called on the event loop, never block it, and raise only
errors of :mod:`backend.errors`.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.audio import AudioFormat
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord
from backend.domain.exchange import Beat, Reply, Request, Ring, WorkerLoad
from backend.domain.floor_moment import FloorMoment
from backend.domain.knowledge import Finding
from backend.domain.model import ModelEvent, ModelRequest, ToolSchema
from backend.domain.records import ClaimRecord, Policyholder
from backend.domain.revision import Revision
from backend.domain.session import CallSession
from backend.domain.speech import RecognitionEvent, RecognitionOptions, SpeechEvent, Voice
from backend.domain.tool_server import RemoteResult

__all__ = [
    "CallControl",
    "CallRecords",
    "ChatModel",
    "ClaimBook",
    "Exchange",
    "KnowledgeBook",
    "MediaLink",
    "MediaSink",
    "PolicyBook",
    "Recognition",
    "Revisions",
    "SessionStore",
    "SpeechToText",
    "TextMessages",
    "TextToSpeech",
    "ToolServer",
    "TurnTelemetry",
    "VersionBoard",
]


class MediaSink(Protocol):
    """Where a link delivers what the caller does. Called 50 times a second, so plain functions."""

    def on_audio(self, pcm: bytes) -> None:
        """One frame of the caller's voice, silence included, in the link's format."""
        ...

    def on_tone(self, tone: str) -> None:
        """A key was pressed: one of ``0-9 * # A-D``."""
        ...


class MediaLink(Protocol):
    """The caller's ear and mouth: an ACS media socket, a LiveKit room, a browser, a test."""

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        ...

    async def receive(self, sink: MediaSink) -> None:
        """Deliver to ``sink`` until the far end goes away, then return. One caller at a time."""
        ...

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame.

        Raises:
            Unavailable: the link is gone.
        """
        ...

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard. Silent when the link is gone."""
        ...

    async def close(self) -> None:
        """Close the link; ``receive`` returns. Safe to call twice."""
        ...


class CallControl(Protocol):
    """Taking up, placing, transferring and ending calls (ACS Call Automation)."""

    async def answer(self, call: IncomingCall, *, callback_url: str, media_url: str) -> CallConnection:
        """Answer with bidirectional 16 kHz mono media streaming.

        Raises:
            ProviderError: it could not be answered, after the retries that are safe.
        """
        ...

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Refuse a ringing call."""
        ...

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Send a ringing call elsewhere."""
        ...

    async def create(self, *, to: str, callback_url: str, media_url: str) -> CallConnection:
        """Place a call from the line's own number."""
        ...

    async def transfer(self, connection_id: str, *, to: str, context: Mapping[str, str], callback_url: str) -> None:
        """Ask for a transfer; the outcome arrives as a callback. ``context`` becomes SIP headers."""
        ...

    async def hang_up(self, connection_id: str) -> None:
        """End the call for everyone. A call that is already over is no error."""
        ...

    async def start_media(self, connection_id: str) -> None:
        """Ask for the media socket again, after a recovery.

        Raises:
            CallNotFound: the call is over.
            ProviderError: its media cannot be had again.
        """
        ...

    async def say(self, connection_id: str, text: str, voice: str) -> None:
        """Have the service itself say a line; ``PlayCompleted`` or ``PlayFailed`` comes as a callback.

        Raises:
            CallNotFound: the call is over.
            ProviderError: it cannot, as when no speech resource is joined to ACS.
        """
        ...


class Recognition(Protocol):
    """One caller being listened to."""

    def write(self, pcm: bytes) -> None:
        """Hand over some audio. Never blocks; beyond a bound the oldest is dropped and counted."""
        ...

    async def close(self) -> None:
        """Stop listening; no event arrives after this returns. Safe to call twice."""
        ...


class SpeechToText(Protocol):
    """Understands callers."""

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        """Start listening. ``on_event`` is called on the event loop.

        Raises:
            PoolExhausted: nothing became free in time.
            ProviderError: the service did not come up within its limit.
        """
        ...


class TextMessages(Protocol):
    """Sends text messages (SMS)."""

    async def send(self, to: str, text: str) -> None:
        """Send one message to an E.164 number.

        Raises:
            TimedOut: it may or may not have gone out.
            ProviderError: it did not go out.
        """
        ...


class TextToSpeech(Protocol):
    """Speaks."""

    def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Audio and word boundaries as they are made. Closing the generator stops the synthesis.

        Word boundaries arrive before, or in, the audio they describe where the service gives them.

        Raises (while iterating):
            PoolExhausted, ProviderError: also in the middle; what came before stands.
        """
        ...


class ChatModel(Protocol):
    """Thinks."""

    def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """The answer as it is written, ended by exactly one ``ModelDone``. Closing it cancels the request.

        Raises (while iterating):
            ProviderError: the last of all retries and fallbacks failed, or the deadline passed.
        """
        ...


class SessionStore(Protocol):
    """Keeps live calls where another worker can find them (Redis)."""

    async def load(self, call_id: str) -> CallSession | None:
        """The stored session, or ``None``."""
        ...

    async def save(self, session: CallSession) -> None:
        """Compare-and-set on ``session.version``, which is raised on success.

        Raises:
            SessionConflict: somebody else saved in between.
            SessionLost: the store cannot be reached (the call goes on from memory).
        """
        ...

    async def delete(self, call_id: str) -> None:
        """Forget a call that has ended."""
        ...


class Exchange(Protocol):
    """Whose call is whose among the workers, and how to reach the others (Redis).

    Every method raises ``SessionLost`` while Redis cannot be reached; calls go on without it.
    """

    worker: str
    """Name of this worker, unique among all."""

    async def claim(self, key: str) -> bool:
        """Is it this worker that answers a ringing call? Events come more than once, to more than one worker."""
        ...

    async def settle(self, key: str, *, answered: bool) -> None:
        """A claimed ring was answered, or was not and another may try."""
        ...

    async def own(self, ring: Ring, *, after: str = "") -> None:
        """Become the owner of a call that is nobody's, or that of ``after``, who is gone or gives it up.

        Raises:
            LeaseLost: it belongs to another worker.
        """
        ...

    async def note(self, ring: Ring) -> None:
        """Write what is known of a call."""
        ...

    async def find(self, token: str) -> Ring | None:
        """What a call is, and whose it is or was."""
        ...

    async def owner(self, call_id: str) -> str | None:
        """The worker that owns a call now."""
        ...

    def let_go(self, token: str) -> None:
        """Another worker takes this call over."""
        ...

    async def forget(self, ring: Ring) -> None:
        """A call is over."""
        ...

    async def ask(self, worker: str, request: Request, limit_s: float = 2.0) -> Reply | None:
        """Have another worker do something; ``None`` when it is gone or does not answer."""
        ...

    async def listen(self, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        """Answer what others ask, until cancelled."""
        ...

    async def listening(self, limit_s: float) -> bool:
        """Wait until others can reach this worker; false when Redis is not there in time."""
        ...

    async def leave(self) -> None:
        """This worker goes away."""
        ...

    async def beat(self, load: WorkerLoad) -> Beat:
        """Say that this worker lives, renew its leases, and learn what has become of the others."""
        ...


class CallRecords(Protocol):
    """The lasting record of calls (SQL)."""

    async def started(self, call: CallRecord) -> None:
        """A call began, or more is known of it."""
        ...

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        """A turn is complete. Saving the same index again replaces it."""
        ...

    async def ended(self, call: CallRecord) -> None:
        """A call is over: outcome, end, detail, agents and claim are taken from ``call``."""
        ...

    async def get(self, call_id: str) -> CallRecord | None:
        """One call with its turns."""
        ...

    async def list(self, *, limit: int = 50, before: datetime | None = None) -> Sequence[CallRecord]:
        """Calls, the newest first, without their turns."""
        ...

    async def audit(self, *, call_id: str, actor: str, action: str, detail: Mapping[str, Any]) -> None:
        """Note an action for the auditors: a tool run, a verification, a changed agent."""
        ...


class ClaimBook(Protocol):
    """Claims, drafts included (SQL)."""

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered so far."""
        ...

    async def save_fields(self, call_id: str, policy_id: str, fields: Mapping[str, Any]) -> ClaimRecord:
        """Merge ``fields`` into the call's draft, making it if need be. A filed claim is not changed."""
        ...

    async def file(self, call_id: str) -> ClaimRecord:
        """File the call's draft. Asked again, gives the claim that was filed the first time."""
        ...

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        ...

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first."""
        ...


class Revisions(Protocol):
    """Every version of the agent store that was ever live (SQL)."""

    async def keep(self, revision: Revision) -> None:
        """Keep a version. One that is kept already stays as it is: the first time counts."""
        ...

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        ...

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions, the newest first, without their files."""
        ...


class VersionBoard(Protocol):
    """Where the workers agree which version of the agent store is live (Redis)."""

    async def current(self) -> str | None:
        """The agreed version; ``None`` when nobody has said yet.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...

    async def move(self, *, expected: str | None, to: str) -> bool:
        """Compare and set, then tell everybody. False when something other than ``expected`` is agreed.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...

    def changes(self) -> AsyncGenerator[str | None, None]:
        """The agreed version each time somebody moves it, and every few seconds, for what was missed.

        Raises (while iterating):
            SessionLost: the board cannot be reached; iterate anew.
        """
        ...


class KnowledgeBook(Protocol):
    """What lines know beyond their prompts."""

    async def search(self, line: str, question: str, limit: int = 3) -> Sequence[Finding]:
        """The passages of a line that fit a question best; empty when none does.

        Raises:
            ProviderError: it cannot be searched now.
        """
        ...


class PolicyBook(Protocol):
    """The book of business, read only."""

    async def get(self, policy_id: str) -> Policyholder | None:
        """One policy."""
        ...

    async def all(self) -> Sequence[Policyholder]:
        """Every policy, for verification that tolerates misheard names."""
        ...


class ToolServer(Protocol):
    """A set of tools that run elsewhere."""

    def schema(self, function: str) -> ToolSchema | None:
        """What the server itself says of a function; ``None`` when it says nothing, or is not reached yet."""
        ...

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """Run one function. ``key`` is the same whenever the same thing is asked again in a call.

        Raises:
            Unavailable, TimedOut: it is down, or did not answer in time.
            ProviderRejected: what it needs is not set, or it went where it may not go.
            ProtocolError: the answer is too large.
        """
        ...

    async def close(self) -> None:
        """Let go of it. Safe to call twice."""
        ...


class TurnTelemetry(Protocol):
    """Watches calls and turns. Never raises, never waits."""

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over."""
        ...

    def floor(self, call: CallRecord, moment: FloorMoment) -> None:
        """Somebody took the floor, or something was begun in vain."""
        ...

    def call_ended(self, call: CallRecord) -> None:
        """A call is over."""
        ...

    def loop_lag(self, ms: float) -> None:
        """The event loop was this late, in milliseconds."""
        ...
