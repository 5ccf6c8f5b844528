"""A LiveKit AgentSession on an ACS media stream, with fake services that answer at once.

No LiveKit room and no LiveKit server: AgentSession runs on a custom AudioInput
and AudioOutput, which is what an ACS user would have to write.
"""

import asyncio
import logging
import os
import time

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from livekit import rtc
from livekit.agents import Agent, AgentSession, llm, stt, tts, utils, vad
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN
from livekit.agents.voice import io
from livekit.agents.voice.transcription.synchronizer import TranscriptSynchronizer

from bench import probe, wire

logging.basicConfig(level=os.environ.get("BENCH_LOG", "WARNING"))

SYNC = os.environ.get("BENCH_SYNC") == "1"
PREEMPTIVE = os.environ.get("BENCH_PREEMPTIVE") == "1"
RESUME = os.environ.get("BENCH_RESUME") == "1"

app = FastAPI()
probe.install(app)


class AcsAudioInput(io.AudioInput):
    """Caller audio, fed from the WebSocket."""

    def __init__(self) -> None:
        super().__init__(label="acs")
        self._frames: utils.aio.Chan[rtc.AudioFrame] = utils.aio.Chan()

    def push(self, pcm: bytes) -> None:
        self._frames.send_nowait(
            rtc.AudioFrame(pcm, wire.SAMPLE_RATE, 1, len(pcm) // 2)
        )

    def close(self) -> None:
        self._frames.close()

    async def __anext__(self) -> rtc.AudioFrame:
        return await self._frames.__anext__()


class AcsAudioOutput(io.AudioOutput):
    """Bot audio, paced out in 20 ms frames, with playback events for the session."""

    def __init__(self, websocket: WebSocket) -> None:
        super().__init__(
            label="acs",
            capabilities=io.AudioOutputCapabilities(pause=False),
            sample_rate=wire.SAMPLE_RATE,
        )
        self._websocket = websocket
        self._frames: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._buffer = bytearray()
        self._played = 0.0
        self._stopping: set[asyncio.Task] = set()
        self._player = asyncio.create_task(self._play())

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        self._buffer += frame.data.tobytes()
        while len(self._buffer) >= wire.FRAME_BYTES:
            self._frames.put_nowait(bytes(self._buffer[: wire.FRAME_BYTES]))
            del self._buffer[: wire.FRAME_BYTES]

    def flush(self) -> None:
        super().flush()
        if self._buffer:
            self._frames.put_nowait(bytes(self._buffer.ljust(wire.FRAME_BYTES, b"\0")))
            self._buffer.clear()
        self._frames.put_nowait(None)

    def clear_buffer(self) -> None:
        pending = bool(self._played) or not self._frames.empty()
        while not self._frames.empty():
            self._frames.get_nowait()
        self._buffer.clear()
        if not self._player.cancelling():
            stopping = asyncio.create_task(self._websocket.send_text(wire.STOP_AUDIO))
            self._stopping.add(stopping)
            stopping.add_done_callback(self._stopping.discard)
        if pending:
            self._finish(interrupted=True)

    def close(self) -> None:
        self._player.cancel()

    def _finish(self, *, interrupted: bool) -> None:
        played, self._played = self._played, 0.0
        self.on_playback_finished(playback_position=played, interrupted=interrupted)

    async def _play(self) -> None:
        due = 0.0
        while True:
            pcm = await self._frames.get()
            if pcm is None:
                if self._played:
                    self._finish(interrupted=False)
                continue
            if not self._played:
                self.on_playback_started(created_at=time.time())
            if due < time.perf_counter() - wire.FRAME_SECONDS:
                due = time.perf_counter()  # a new utterance, not a late frame
            await self._websocket.send_text(wire.encode_audio(pcm))
            self._played += wire.FRAME_SECONDS
            due += wire.FRAME_SECONDS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))


class FakeSTT(stt.STT):
    """Reports speech and a final transcript as soon as it sees a marker frame."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=True))
        self.call = call

    async def _recognize_impl(self, *_: object, **__: object) -> stt.SpeechEvent:
        raise NotImplementedError

    def stream(self, *, language=NOT_GIVEN, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return FakeSTTStream(stt=self, conn_options=conn_options, sample_rate=wire.SAMPLE_RATE)


class FakeSTTStream(stt.RecognizeStream):
    async def _run(self) -> None:
        call = self._stt.call  # type: ignore[attr-defined]
        async for frame in self._input_ch:
            if not isinstance(frame, rtc.AudioFrame):
                continue
            call.heard()
            pcm = bytes(frame.data[:4])
            if pcm.startswith(wire.START_OF_SPEECH[:8]):
                self._emit(stt.SpeechEventType.START_OF_SPEECH)
            elif pcm.startswith(wire.END_OF_SPEECH[:8]):
                call.final_transcript()
                self._emit(stt.SpeechEventType.FINAL_TRANSCRIPT, wire.TRANSCRIPT)
                self._emit(stt.SpeechEventType.END_OF_SPEECH)

    def _emit(self, kind: stt.SpeechEventType, text: str | None = None) -> None:
        said = [stt.SpeechData(language="en", text=text, confidence=1.0)] if text else []
        self._event_ch.send_nowait(stt.SpeechEvent(type=kind, alternatives=said))


class FakeVAD(vad.VAD):
    """Announces speech as soon as it sees a start marker."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(capabilities=vad.VADCapabilities(update_interval=0.1))
        self.call = call

    def stream(self) -> vad.VADStream:
        return FakeVADStream(self)


class FakeVADStream(vad.VADStream):
    async def _main_task(self) -> None:
        call = self._vad.call  # type: ignore[attr-defined]
        async for frame in self._input_ch:
            if not isinstance(frame, rtc.AudioFrame):
                continue
            pcm = bytes(frame.data[:4])
            if pcm.startswith(wire.START_OF_SPEECH[:8]):
                call.user_started()
                self._emit(vad.VADEventType.START_OF_SPEECH, speaking=True)
                self._emit(vad.VADEventType.INFERENCE_DONE, speaking=True)
            elif pcm.startswith(wire.END_OF_SPEECH[:8]):
                self._emit(vad.VADEventType.END_OF_SPEECH, speaking=False)

    def _emit(self, kind: vad.VADEventType, *, speaking: bool) -> None:
        self._event_ch.send_nowait(
            vad.VADEvent(
                type=kind, samples_index=0, timestamp=time.time(), speech_duration=0.2,
                silence_duration=0.0, speaking=speaking,
            )
        )


class FakeLLM(llm.LLM):
    """Streams the canned answer token by token."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__()
        self.call = call

    def chat(self, *, chat_ctx, tools=None, conn_options=DEFAULT_API_CONNECT_OPTIONS, **_):
        return FakeLLMStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class FakeLLMStream(llm.LLMStream):
    async def _run(self) -> None:
        if wire.script.first_token_seconds:
            await asyncio.sleep(wire.script.first_token_seconds)
        for token in wire.script.tokens():
            self._llm.call.token()  # type: ignore[attr-defined]
            self._event_ch.send_nowait(
                llm.ChatChunk(id="fake", delta=llm.ChoiceDelta(role="assistant", content=token))
            )
            await asyncio.sleep(wire.script.token_seconds)


class FakeTTS(tts.TTS):
    """Returns 20 ms frames at once; not streaming, like the shipped Azure plugin."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False),
            sample_rate=wire.SAMPLE_RATE,
            num_channels=1,
        )
        self.call = call

    def synthesize(self, text, *, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return FakeTTSStream(tts=self, input_text=text, conn_options=conn_options)


class FakeTTSStream(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        self._tts.call.tts_requested()  # type: ignore[attr-defined]
        output_emitter.initialize(
            request_id="fake", sample_rate=wire.SAMPLE_RATE, num_channels=1, mime_type="audio/pcm"
        )
        if wire.script.first_audio_seconds:
            await asyncio.sleep(wire.script.first_audio_seconds)
        for sound in wire.script.sound(self.input_text):
            output_emitter.push(sound)


def session_for(call: probe.CallProbe) -> AgentSession:
    """The quickest turn taking LiveKit offers: every delay at zero."""
    interruption = {
        "mode": "vad", "min_duration": 0.0, "min_words": 0,
        "resume_false_interruption": RESUME,
        "false_interruption_timeout": 2.0 if RESUME else None,
    }
    return AgentSession(
        stt=FakeSTT(call),
        vad=NOT_GIVEN if wire.script.vad else FakeVAD(call),
        llm=FakeLLM(call),
        tts=FakeTTS(call),
        turn_handling={
            "turn_detection": "stt",
            "endpointing": {"mode": "fixed", "min_delay": 0.0, "max_delay": 0.0},
            "interruption": interruption,
            "preemptive_generation": {"enabled": PREEMPTIVE},
        },
        aec_warmup_duration=None,
        user_away_timeout=None,
    )


@app.websocket("/acs")
async def acs(websocket: WebSocket) -> None:
    await websocket.accept()
    call = probe.CallProbe()
    probe.tap(websocket, call)
    await converse(websocket, session_for(call))


async def converse(websocket: WebSocket, session: AgentSession) -> None:
    """One call, until the caller hangs up."""
    caller, bot = AcsAudioInput(), AcsAudioOutput(websocket)
    synchronizer = None
    session.input.audio = caller
    if SYNC:
        synchronizer = TranscriptSynchronizer(next_in_chain_audio=bot, next_in_chain_text=None)
        session.output.audio = synchronizer.audio_output
        session.output.transcription = synchronizer.text_output
    else:
        session.output.audio = bot
    await session.start(Agent(instructions="You are a helpful agent."))
    try:
        while True:
            pcm = wire.decode_audio(await websocket.receive_text())
            if pcm is not None:
                caller.push(pcm)
    except WebSocketDisconnect:
        pass
    finally:
        bot.close()
        caller.close()
        await session.aclose()
        if synchronizer:
            await synchronizer.aclose()
