"""A Pipecat bot as its users set it up: its own voice activity (Silero) and its own turn model (Smart Turn).

Nothing about turns is set. The recognizer behaves as the shipped Azure one does: its finals are marked as finalized.
"""

from fastapi import FastAPI, WebSocket
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import InterimTranscriptionFrame, TranscriptionFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.services.settings import STTSettings
from pipecat.services.stt_latency import AZURE_TTFS_P99
from pipecat.services.stt_service import STTService
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner
from server import AcsSerializer, FakeLLM, FakeTTS

from bench import probe, wire
from bench.heard_words import HeardEvent, WordTimes

app = FastAPI()
probe.install(app)


class WordsSTT(STTService):
    """Gives back the words that callers speak, with the service's delays."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(
            ttfs_p99_latency=AZURE_TTFS_P99, settings=STTSettings(model=None, language=None)
        )
        self._call = call
        self._said: list[HeardEvent] = []
        self._words = WordTimes(self._said.append)

    async def run_stt(self, audio: bytes):
        self._call.heard()
        self._words.feed(audio)
        for event in self._said:
            if event.kind == "partial":
                await self.push_frame(
                    InterimTranscriptionFrame(event.text, "caller", time_now_iso8601())
                )
            elif event.kind == "final":
                await self.push_frame(
                    TranscriptionFrame(event.text, "caller", time_now_iso8601(), finalized=True)
                )
        self._said.clear()
        yield None


@app.websocket("/acs")
async def acs(websocket: WebSocket) -> None:
    await websocket.accept()
    call = probe.CallProbe()
    probe.tap(websocket, call)
    transport = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            serializer=AcsSerializer(), audio_in_enabled=True, audio_out_enabled=True
        ),
    )
    context = LLMContext([{"role": "system", "content": "You are a helpful agent."}])
    user, assistant = LLMContextAggregatorPair(
        context, user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
    )
    worker = PipelineWorker(
        Pipeline([
            transport.input(), WordsSTT(call), user, FakeLLM(call), FakeTTS(call),
            transport.output(), assistant,
        ]),
        params=PipelineParams(
            audio_in_sample_rate=wire.SAMPLE_RATE, audio_out_sample_rate=wire.SAMPLE_RATE
        ),
    )
    runner = WorkerRunner(handle_sigint=False)

    @transport.event_handler("on_client_disconnected")
    async def hang_up(*_: object) -> None:
        await runner.cancel()

    await runner.add_workers(worker)
    await runner.run()
