"""Everything that a call does outside of itself, with the time of each, as lines of text."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import asdict
from typing import Any

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord
from backend.domain.model import ModelEvent, ModelRequest
from backend.domain.session import CallSession
from backend.domain.speech import RecognitionEvent, RecognitionFailed, RecognitionOptions, SpeechEvent, Voice
from backend.ports import MediaSink, Recognition
from backend.testing.caller import FakeSpeechToText
from backend.testing.link import FakeLink
from backend.testing.model import ScriptedModel
from backend.testing.voice import ScriptedVoice


class CallLog:
    """Notes events in milliseconds since it was made."""

    def __init__(self) -> None:
        self._began = asyncio.get_running_loop().time()
        self._events: list[tuple[int, int, str]] = []

    def note(self, kind: str, /, *, at: float | None = None, **fields: Any) -> None:
        at = asyncio.get_running_loop().time() if at is None else at
        shown = " ".join(f"{name}={value!r}" for name, value in fields.items() if value not in (None, "", [], False))
        self._events.append((round((at - self._began) * 1000), len(self._events), f"{kind:<16}{shown}".rstrip()))

    def text(self) -> str:
        return "".join(f"{at:>6}  {line}\n" for at, _, line in sorted(self._events))


class LoggedControl:
    """``CallControl``."""

    def __init__(self, log: CallLog) -> None:
        self._log = log

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        self._log.note("answer")
        return CallConnection("cc-1")

    async def hang_up(self, connection_id: str) -> None:
        self._log.note("hang-up", connection=connection_id)


class LoggedRecords:
    """``CallRecords`` and ``TurnTelemetry``."""

    def __init__(self, log: CallLog) -> None:
        self._log = log

    async def started(self, call: CallRecord) -> None:
        self._log.note("record.call", direction=call.direction, agents=list(call.agents))

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        self._log.note("record.turn", index=turn.index)

    async def ended(self, call: CallRecord) -> None:
        self._log.note("record.ended", outcome=call.outcome, detail=call.detail)

    async def audit(self, call_id: str, actor: str, detail: Mapping[str, Any]) -> None:
        self._log.note("audit", actor=actor, **{key: value for key, value in detail.items() if key != "ms"})


class LoggedTelemetry:
    def __init__(self, log: CallLog) -> None:
        self._log = log

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        kept = asdict(turn)
        latencies = kept.pop("latencies")
        for unstable in ("started_at", "said", "moments", "use"):  # `use` is told by the machine's clock
            del kept[unstable]
        moments = {name.removesuffix("_ms"): round(at) for name, at in latencies.items() if at is not None}
        self._log.note("turn", **kept, moments=moments)

    def floor(self, call: CallRecord, moment: str) -> None:
        self._log.note(f"floor.{moment}")

    def refused(self, *_: object) -> None: ...

    def call_ended(self, call: CallRecord) -> None:
        self._log.note(
            "call.ended", outcome=call.outcome, detail=call.detail, agents=call.agents, turns=len(call.turns)
        )

    def loop_lag(self, ms: float) -> None: ...


class LoggedSessions:
    """``SessionStore``."""

    def __init__(self, log: CallLog) -> None:
        self._log = log

    async def save(self, session: CallSession) -> None:
        session.version += 1
        self._log.note("session.saved", agent=session.active_agent, turn=session.turn, items=len(session.history))

    async def delete(self, call_id: str) -> None:
        self._log.note("session.deleted")


class LoggedSpeech(FakeSpeechToText):
    """``SpeechToText``."""

    def __init__(self, log: CallLog) -> None:
        super().__init__()
        self._log = log

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        self._log.note("ear.opened", phrases=list(options.phrases))
        return await super().open(options, on_event)

    def emit(self, event: RecognitionEvent) -> None:
        assert not isinstance(event, RecognitionFailed)
        self._log.note(f"heard.{type(event).__name__.lower()}", text=getattr(event, "text", None))
        super().emit(event)


class LoggedModel(ScriptedModel):
    """``ChatModel``."""

    log: CallLog

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        agent, tools = request.messages[0].content, [tool.name for tool in request.tools]
        self.log.note("model.asked", agent=agent, last=request.messages[-1].content, tools=tools)
        ended = "cancelled"
        try:
            async for event in super().answer(request):
                yield event
            ended = "done"
        finally:
            self.log.note(f"model.{ended}")


class LoggedVoice(ScriptedVoice):
    """``TextToSpeech``."""

    log: CallLog

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        self.log.note("voice.asked", text=text, voice=voice.name)
        async for event in super().speak(text, voice, audio):
            yield event


class LoggedLink(FakeLink):
    """``MediaLink``; the caller hears what is not stopped."""

    def __init__(self, log: CallLog) -> None:
        super().__init__()
        self._log = log

    async def receive(self, sink: MediaSink) -> None:
        self.sink = sink
        self._log.note("media.up")
        await super().receive(sink)

    async def stop_audio(self) -> None:
        self._log.note("stop-audio")
        await super().stop_audio()

    async def close(self) -> None:
        self._log.note("media.closed")
        await super().close()

    def note_what_was_heard(self, voice: ScriptedVoice) -> None:
        """Each stretch of sound without a gap, with its words."""
        self.heard_frames()
        stretch: list[tuple[float, bytes]] = []
        for began, pcm in [*self.played, (float("inf"), b"")]:
            if stretch and began - stretch[-1][0] > FRAME_MS * 1.5 / 1000:
                words = " ".join(voice.words_in([frame for _, frame in stretch]))
                length = round((stretch[-1][0] - stretch[0][0]) * 1000) + FRAME_MS
                self._log.note("caller.hears", at=stretch[0][0], ms=length, words=words)
                stretch.clear()
            stretch.append((began, pcm))
