"""A Pipecat bot on an ACS media stream, with fake services that answer at once."""

import asyncio
import os
import sys
from dataclasses import fields

from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterruptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    OutputAudioRawFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameDirection
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.llm_service import LLMService
from pipecat.services.settings import LLMSettings, STTSettings, TTSSettings
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner

from bench import probe, wire

logger.remove()
logger.add(sys.stderr, level=os.environ.get("BENCH_LOG", "WARNING"))

WORDS = os.environ.get("BENCH_WORDS") == "1"
LEAN = {"enable_rtvi": False, "enable_turn_tracking": False} if os.environ.get("BENCH_LEAN") == "1" else {}

app = FastAPI()
probe.install(app)


class AcsSerializer(FrameSerializer):
    """The serializer Pipecat does not ship: ACS media-streaming JSON."""

    async def serialize(self, frame: Frame) -> str | None:
        if isinstance(frame, InterruptionFrame):
            return wire.STOP_AUDIO
        if isinstance(frame, OutputAudioRawFrame):
            return wire.encode_audio(frame.audio)
        return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        pcm = wire.decode_audio(data)
        if pcm is None:
            return None
        return InputAudioRawFrame(audio=pcm, sample_rate=wire.SAMPLE_RATE, num_channels=1)


class FakeSTT(STTService):
    """Reports speech and a final transcript as soon as it sees a marker frame."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(ttfs_p99_latency=0.0, settings=STTSettings(model=None, language=None))
        self._call = call

    async def run_stt(self, audio: bytes):
        self._call.heard()
        if audio.startswith(wire.START_OF_SPEECH):
            self._call.user_started()
            await self.push_frame(VADUserStartedSpeakingFrame())
        elif audio.startswith(wire.END_OF_SPEECH):
            await self.push_frame(VADUserStoppedSpeakingFrame(stop_secs=0.2))
            self._call.final_transcript()
            await self.push_frame(
                TranscriptionFrame(
                    wire.TRANSCRIPT, "caller", time_now_iso8601(), finalized=True
                )
            )
        yield None


class FakeLLM(LLMService):
    """Streams the canned answer token by token."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(
            settings=LLMSettings(**{f.name: None for f in fields(LLMSettings) if f.name != "extra"})
        )
        self._call = call

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            await self.push_frame(frame, direction)
            return
        await self.push_frame(LLMFullResponseStartFrame())
        if wire.script.first_token_seconds:
            await asyncio.sleep(wire.script.first_token_seconds)
        for token in wire.script.tokens():
            self._call.token()
            await self._push_llm_text(token)
            await asyncio.sleep(wire.script.token_seconds)
        await self.push_frame(LLMFullResponseEndFrame())


class FakeTTS(TTSService):
    """Returns 20 ms frames at once; flags copied from the shipped HTTP TTS services.

    With BENCH_WORDS=1 it also reports word timings, as the shipped Azure service does.
    """

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(
            push_start_frame=True,
            push_stop_frames=True,
            push_text_frames=not WORDS,
            sample_rate=wire.SAMPLE_RATE,
            settings=TTSSettings(model=None, voice="fake", language=None),
        )
        self._call = call
        self._spoken = 0.0
        self._context: str | None = None

    async def run_tts(self, text: str, context_id: str):
        self._call.tts_requested()
        if WORDS:
            await self._report_words(text, context_id)
        if wire.script.first_audio_seconds:
            await asyncio.sleep(wire.script.first_audio_seconds)
        for sound in wire.script.sound(text):
            yield TTSAudioRawFrame(sound, wire.SAMPLE_RATE, 1, context_id=context_id)

    async def _report_words(self, text: str, context_id: str) -> None:
        if context_id != self._context:
            self._context, self._spoken = context_id, 0.0
        words = text.split()
        length = wire.script.sentence_frames * wire.FRAME_SECONDS
        for i, word in enumerate(words):
            at = self._spoken + length * i / len(words)
            await self.add_word_timestamps([(word, at)], context_id)
        self._spoken += length


def user_params() -> LLMUserAggregatorParams:
    """The quickest turn taking Pipecat offers: no waiting after the final transcript."""
    vad = None
    if wire.script.vad:
        from pipecat.audio.vad.silero import SileroVADAnalyzer

        vad = SileroVADAnalyzer()
    return LLMUserAggregatorParams(
        vad_analyzer=vad,
        user_turn_strategies=UserTurnStrategies(
            start=[VADUserTurnStartStrategy()],
            stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)],
        ),
    )


@app.websocket("/acs")
async def acs(websocket: WebSocket) -> None:
    await websocket.accept()
    call = probe.CallProbe()
    probe.tap(websocket, call)
    transport = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            serializer=AcsSerializer(),
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_out_10ms_chunks=2,
            audio_out_end_silence_secs=0,
        ),
    )
    context = LLMContext([{"role": "system", "content": "You are a helpful agent."}])
    user, assistant = LLMContextAggregatorPair(context, user_params=user_params())
    worker = PipelineWorker(
        Pipeline([
            transport.input(), FakeSTT(call), user, FakeLLM(call), FakeTTS(call),
            transport.output(), assistant,
        ]),
        params=PipelineParams(
            audio_in_sample_rate=wire.SAMPLE_RATE, audio_out_sample_rate=wire.SAMPLE_RATE
        ),
        idle_timeout_secs=None,
        **LEAN,
    )
    runner = WorkerRunner(handle_sigint=False)

    @transport.event_handler("on_client_disconnected")
    async def hang_up(*_: object) -> None:
        await runner.cancel()

    await runner.add_workers(worker)
    await runner.run()
