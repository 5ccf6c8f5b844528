"""A call in real time through the real SDKs, to a local Azure in which something is wrong."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import uvicorn
from answering import Answers
from intake import intake_stage
from kept_waiting import KeptWaiting
from speech_stage import LocalSpeech
from starlette.applications import Starlette

from backend.adapters.openai.chat_model import ModelAddress, OpenAiChatModel
from backend.boot.speech import azure_speech, speech_limits
from backend.domain.audio import FRAME_MS, PCM_16K
from backend.domain.tool import TransferToPerson
from backend.engine.conversation.conversation import Conversation, ConversationLimits
from backend.engine.conversation.responder import Responder
from backend.engine.desk.phrase_warmer import emergency_phrases
from backend.engine.listening.listening import Listener
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import SpeechOutput
from backend.errors import TimedOut, Unavailable
from backend.ports import ChatModel, SpeechToText, TextToSpeech
from backend.testing.caller import FakeSpeechToText, ScriptedCaller
from backend.testing.link import FakeLink
from backend.testing.stage import agent_spec
from backend.testing.voice import ScriptedVoice
from config.voice import VoiceSettings
from local_azure.faults import Fault
from local_azure.latency import latency
from local_azure.model.routes import routes
from local_azure.state import EmulatorState

__all__ = ["FailingCall", "Heard", "local_model", "spoken_with", "with_faults"]

ANSWER = "It is sunny in the mountains and by the sea. Please take a hat and a coat with you."


_GRID_S = FRAME_MS / 1000
_PAUSE_S = 0.5
_HEARD_OUT_S = 8.0
"""Whoever speaks when the time is over is heard out for so long."""


@dataclass
class Heard:
    """What came of it, in seconds."""

    first_s: float
    """From the caller's last sound, or the fault where that is later, to the next sound of ours."""
    longest_s: float
    """Longest silence while the caller was owed an answer."""
    words: str
    late_s: float
    """So long a busy machine kept everybody waiting meanwhile."""
    transfers: list[TransferToPerson] = field(default_factory=list[TransferToPerson])


class _Link(FakeLink):
    """Notes when something audible is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.audible: list[float] = []

    def sounds(self, longest_s: float, after: float) -> bool:
        """Is the agent in the middle of a sentence, and not for so long already?"""
        now = asyncio.get_running_loop().time()
        return bool(self.audible) and now - self.audible[-1] < _PAUSE_S and now - after < longest_s

    async def send_audio(self, pcm: bytes) -> None:
        if np.abs(np.frombuffer(pcm, np.int16)).max(initial=0) > 0:
            self.audible.append(asyncio.get_running_loop().time())
        await super().send_audio(pcm)


def _loud(pcm: bytes) -> bool:
    return bool(np.abs(np.frombuffer(pcm, np.int16)).max(initial=0) > 400)


class FailingCall:
    """One call. The caller says one thing; it lasts until they have been answered, or something else was done."""

    def __init__(self, responder: Responder, stt: SpeechToText, tts: TextToSpeech, *, kept: bool = True) -> None:
        self._responder = responder
        self._stt = stt
        self._phrases = PhraseCache(tts)
        self._tts = tts
        self._kept = kept
        self._transfers: list[tuple[float, TransferToPerson]] = []

    async def prepare(self) -> None:
        """Have the fixed phrases ready, as a server has before its first call."""
        agent = self._responder.agent
        greeting = agent.greeting if isinstance(agent.greeting, str) else agent.greeting["en"]
        for phrase in (*emergency_phrases(self._responder.phrases), greeting):
            if self._kept or phrase == greeting:
                await self._learn(phrase)

    async def _learn(self, phrase: str) -> None:
        """As a server does it: what a busy machine is too late with is tried again."""
        for tries in range(1, 6):
            try:
                await self._phrases.learn(phrase, self._responder.agent.voice.voice(), PCM_16K)
                return
            except (TimedOut, Unavailable):
                if tries == 5:
                    raise

    async def play(self, speech: bytes, *, limit_s: float = 9.0, scripted: str = "") -> Heard:
        """Call, say ``speech``, and hear what comes of it."""
        loop, link = asyncio.get_running_loop(), _Link()
        box = SpeechOutput(self._tts, self._phrases, Playout(link, 100), link.audio)
        activity = VoiceActivity(_loud)
        conversation = Conversation(
            self._responder, box, lambda event, deaf: Listener(self._stt, PCM_16K, activity, event, deaf),
            limits=ConversationLimits(), transfer=self._transfer, on_turn=lambda _: None,
        )  # fmt: skip
        running = asyncio.create_task(conversation.run())
        quiet = asyncio.create_task(_frames(conversation, bytes(PCM_16K.frame_bytes * 50 * 60)))
        await asyncio.sleep(1.2)
        async with asyncio.timeout(30):  # a greeting that is late would be taken for an answer
            while not (running.done() or (link.audible and conversation.floor == "listening")):
                await asyncio.sleep(0.02)
        quiet.cancel()
        if scripted:
            assert isinstance(self._stt, FakeSpeechToText)
            caller = ScriptedCaller(self._stt)
            caller.says(scripted, at=0.0)
            caller.start(_Silent())
        await _frames(conversation, speech)
        said_at = loop.time()
        quiet = asyncio.create_task(_frames(conversation, bytes(PCM_16K.frame_bytes * 50 * 60)))
        began, end = False, said_at + limit_s
        async with KeptWaiting() as kept:
            while not running.done() and (loop.time() < end or link.sounds(_HEARD_OUT_S, end)):
                await asyncio.sleep(0.05)
                began = began or any(at > said_at for at in link.audible)
                if began and conversation.floor == "listening":
                    break
        over = loop.time()
        conversation.end("caller_hung_up")
        await running
        quiet.cancel()
        if scripted:
            await caller.stop()
        heard = [at for at in link.audible if at > said_at] + [at for at, _ in self._transfers if at > said_at]
        moments = sorted([said_at, *heard, *([] if heard else [over])])
        gaps = [after - before for before, after in pairwise(moments)]
        words = " ".join(getattr(item, "text", "") for item in self._responder.session.history)
        first = min(heard, default=over) - said_at
        longest = max(gaps, default=over - said_at)
        return Heard(first, longest, words, kept.late_s, [one for _, one in self._transfers])

    async def _transfer(self, directive: TransferToPerson) -> bool:
        self._transfers.append((asyncio.get_running_loop().time(), directive))
        return True


class _Silent:
    def on_audio(self, pcm: bytes) -> None: ...

    def on_tone(self, tone: str) -> None: ...


async def _frames(conversation: Conversation, pcm: bytes) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time() // _GRID_S * _GRID_S  # calls beside each other wake the loop together
    for index in range(0, len(pcm), PCM_16K.frame_bytes):
        conversation.on_audio(pcm[index : index + PCM_16K.frame_bytes])
        due = began + PCM_16K.duration_ms(index + PCM_16K.frame_bytes) / 1000
        await asyncio.sleep(max(0.0, due - loop.time()))


# -- speech -----------------------------------------------------------------------------------------


async def spoken_with(
    local: LocalSpeech, service: str, fault: dict[str, Any], *, kept: bool = True, limit_s: float = 9.0
) -> Heard:
    """A call whose recognition (``stt``) or voice (``tts``) is wrong from just before the caller speaks."""
    local.faults.clear()
    agent = agent_spec(greeting="Hello there.", turns={"idle_seconds": 20})
    speech = azure_speech(local.settings(), speech_limits(VoiceSettings(stt_pool_size=0, tts_pool_size=1)))
    await speech.start()
    try:
        call = FailingCall(Answers(ANSWER, agent=agent), speech.stt, speech.tts, kept=kept)
        await call.prepare()
        local.faults.add(service, Fault(**fault))  # type: ignore[arg-type]
        if service == "tts":
            local.cut()
        return await call.play(local.utterance("is it sunny today"), limit_s=limit_s)
    finally:
        local.faults.clear()
        await speech.close()


# -- model ------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def local_model() -> AsyncIterator[tuple[EmulatorState, str]]:
    """The stand-in model and its address."""
    state = EmulatorState(latency=latency("none"))
    app = Starlette(routes=routes(state))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield state, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        await task


async def with_faults(*faults: dict[str, Any], limit_s: float = 9.0) -> Heard:
    """A call whose model is wrong; recognition and voice are scripted, in real time."""
    async with local_model() as (state, url):
        model: ChatModel = OpenAiChatModel(ModelAddress(base_url=url, api_key="local"))
        voice = ScriptedVoice(first_audio_s=0.15)
        stage = intake_stage(model)
        call = FailingCall(stage.responder, FakeSpeechToText(), voice)
        await call.prepare()
        for fault in faults:
            state.faults.add("model", Fault(**fault))
        loud = np.full(PCM_16K.frame_bytes // 2, 4000, np.int16).tobytes()
        try:
            return await call.play(loud * 75, limit_s=limit_s, scripted="my car was hit")
        finally:
            await model.close()  # type: ignore[attr-defined]
