"""A stage: one conversation on virtual time, with everything outside it scripted."""

import asyncio
import dataclasses
from dataclasses import dataclass, field
from typing import Any

from backend.domain.agent import AgentSpec
from backend.domain.call import TurnRecord
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.line import LineSpec
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import TransferToPerson
from backend.engine.conversation.conversation import Conversation, ConversationLimits
from backend.engine.conversation.responder import Responder
from backend.engine.listening.listening import Listener
from backend.engine.listening.onset import Onset
from backend.engine.listening.voice_activity import SpeechDetector, VoiceActivity
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import SpeechOutput
from backend.engine.turn.turn import Turn
from backend.language.phrases import standard_phrases
from backend.testing.caller import FakeSpeechToText, ScriptedCaller, voiced
from backend.testing.link import FakeLink
from backend.testing.voice import ScriptedVoice

__all__ = ["ENGLISH", "Stage", "agent_spec", "line_spec"]


ENGLISH = standard_phrases("en").of_call("Ringmaster", "0")
"""What agents of tests say in fixed words."""


def agent_spec(name: str = "helper", **overrides: Any) -> AgentSpec:
    """An agent for tests, who waits a minute for a silent caller; every field may be overridden."""
    base: dict[str, Any] = {"name": name, "description": "helps callers", "prompt": f"{name}.jinja"}
    overrides["turns"] = {"idle_seconds": 60} | overrides.get("turns", {})
    return AgentSpec.model_validate(base | overrides)


def line_spec(*agents: str, **overrides: Any) -> LineSpec:
    """A line for tests, entered at the first agent."""
    names = agents or ("helper",)
    base: dict[str, Any] = {
        "name": "test",
        "numbers": ["+18005550100"],
        "entry": names[0],
        "agents": list(names),
        "person": {"number": "+18005550199", "announcement": "I'll connect you now.", "failure": "Nobody is free."},
    }
    return LineSpec.model_validate(base | overrides)


@dataclass
class Stage:
    """One conversation and everybody in it.

    Args:
        responder: who answers.
        caller: who calls; their words are planned before ``play``.
        voice: how agents sound.
        hears_voice: local voice activity on or off.
        detector: tells which of the caller's frames are speech; the scripted caller's mark theirs.
        onset: tells voices from noises; without it all that the detector takes for speech silences the agent.
        transfer: does a transfer succeed?
    """

    responder: Responder
    stt: FakeSpeechToText = field(default_factory=FakeSpeechToText)
    voice: ScriptedVoice = field(default_factory=ScriptedVoice)
    hears_voice: bool = True
    detector: SpeechDetector = voiced
    onset: Onset | None = None
    transfer: bool = True
    limits: ConversationLimits = field(default_factory=ConversationLimits)
    caller: ScriptedCaller = field(init=False)
    phrases: PhraseCache = field(init=False)
    turns: list[TurnRecord] = field(default_factory=list[TurnRecord])
    moments: list[FloorMoment] = field(default_factory=list[FloorMoment])
    transfers: list[TransferToPerson] = field(default_factory=list[TransferToPerson])
    ending: Ending | None = None

    def __post_init__(self) -> None:
        self.caller = ScriptedCaller(self.stt)
        self.phrases = PhraseCache(self.voice)

    @property
    def session(self) -> CallSession:
        """The call's memory."""
        return self.responder.session

    async def play(self, seconds: float, *, notice: str = "") -> None:
        """Let the conversation run for so long, or until it ends; then hang up."""
        running = await self.raise_curtain(notice)
        await asyncio.wait([running], timeout=seconds)
        await self.drop_curtain(running)

    async def raise_curtain(self, notice: str = "", *, placed: bool = False) -> asyncio.Task[Ending]:
        """Begin; the conversation goes on as the loop runs. ``placed``: the call is ours."""
        self.link = FakeLink()
        playout = Playout(self.link, 100)
        box = SpeechOutput(self.voice, self.phrases, playout, self.link.audio)
        activity = VoiceActivity(self.detector, self.onset) if self.hears_voice else None
        self.conversation = Conversation(
            self.responder,
            box,
            lambda on_event, on_deaf: Listener(self.stt, self.link.audio, activity, on_event, on_deaf),
            limits=self.limits,
            transfer=self._transfer,
            on_turn=self._on_turn,
            on_moment=self.moments.append,
        )
        running = asyncio.get_running_loop().create_task(
            self.conversation.run(notice=notice, placed=placed), name="conversation"
        )
        await asyncio.sleep(0)
        self.began = asyncio.get_running_loop().time()
        self.caller.start(self.conversation)
        return running

    async def drop_curtain(self, running: asyncio.Task[Ending]) -> None:
        """Hang up."""
        self.conversation.end("caller_hung_up")
        self.ending = await running
        await self.caller.stop()

    async def _transfer(self, directive: TransferToPerson) -> bool:
        self.transfers.append(directive)
        return self.transfer

    def _on_turn(self, turn: Turn) -> None:
        self.turns.append(dataclasses.replace(turn.record))

    @property
    def heard(self) -> str:
        """What truly reached the caller's ear, read from the frames that his phone played."""
        return " ".join(self.voice.words_in(self.link.heard_frames()))

    @property
    def dialogue(self) -> list[str]:
        """The history as lines: ``caller: ...`` and ``agent: ...``; a cut answer ends in a dash."""
        lines: list[str] = []
        for item in self.session.history:
            if isinstance(item, CallerSaid):
                lines.append(f"caller: {item.text}")
            elif isinstance(item, AgentSaid):
                lines.append(f"{item.agent}: {item.text}{' —' if item.interrupted else ''}")
        return lines
