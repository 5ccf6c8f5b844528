"""A LiveKit AgentSession as its users set it up: its own voice activity (Silero) and its own turn detector.

Nothing about turns is set. Without LiveKit's cloud the turn detector is the model that the package carries.
The recognizer behaves as the shipped Azure one does.
"""

from fastapi import FastAPI, WebSocket
from livekit import rtc
from livekit.agents import AgentSession, stt
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN
from server import FakeLLM, FakeTTS, converse

from bench import probe, wire
from bench.heard_words import HeardEvent, WordTimes

app = FastAPI()
probe.install(app)

KINDS = {
    "began": stt.SpeechEventType.START_OF_SPEECH,
    "partial": stt.SpeechEventType.INTERIM_TRANSCRIPT,
    "final": stt.SpeechEventType.FINAL_TRANSCRIPT,
}


class WordsSTT(stt.STT):
    """Gives back the words that callers speak, with the service's delays."""

    def __init__(self, call: probe.CallProbe) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=True))
        self.call = call

    async def _recognize_impl(self, *_: object, **__: object) -> stt.SpeechEvent:
        raise NotImplementedError

    def stream(self, *, language=NOT_GIVEN, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return WordsStream(stt=self, conn_options=conn_options, sample_rate=wire.SAMPLE_RATE)


class WordsStream(stt.RecognizeStream):
    async def _run(self) -> None:
        call, words = self._stt.call, WordTimes(self._emit)  # type: ignore[attr-defined]
        async for frame in self._input_ch:
            if isinstance(frame, rtc.AudioFrame):
                call.heard()
                words.feed(bytes(frame.data))

    def _emit(self, event: HeardEvent) -> None:
        said = [stt.SpeechData(language="en", text=event.text, confidence=1.0)] if event.text else []
        self._event_ch.send_nowait(stt.SpeechEvent(type=KINDS[event.kind], alternatives=said))
        if event.kind == "final":
            self._event_ch.send_nowait(stt.SpeechEvent(type=stt.SpeechEventType.END_OF_SPEECH))


@app.websocket("/acs")
async def acs(websocket: WebSocket) -> None:
    await websocket.accept()
    call = probe.CallProbe()
    probe.tap(websocket, call)
    session = AgentSession(stt=WordsSTT(call), llm=FakeLLM(call), tts=FakeTTS(call))
    await converse(websocket, session)
