"""One utterance with pauses inside against the delays of a healthy Azure, on virtual time, and how its caller fared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from answering import Answers

from backend.domain.audio import FRAME_MS, PCM_16K, AudioFormat
from backend.domain.speech import SpeechEvent, Voice
from backend.engine.desk.phrase_warmer import openers
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.testing.pauses import PausedUtterance, note_asked, overlap_ms
from backend.testing.stage import Stage, agent_spec
from backend.testing.voice import ScriptedVoice

ANSWER = "All right, I have noted that down for you. What else can you tell me about it, please?"
"""Begins with words whose sound a server keeps."""


@dataclass(frozen=True)
class Way:
    """How turn ends are judged and answers made."""

    tool_s: float = 0.0
    """A tool that notes a draft takes so long; 0: there is none."""
    openers: bool = True
    """Does the server know the sound of what answers begin with?"""
    turns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Settings of the agent that are not the usual ones."""


@dataclass(frozen=True)
class Outcome:
    """What became of one utterance."""

    utterance: PausedUtterance
    talked_over_ms: float
    answered: list[str]
    wait_ms: float
    heard_ms: float
    """How much of an answer was heard before the caller had finished, pauses included."""
    decided_ms: float
    """From the caller's last sound until their turn was taken to have ended."""


class _Learned:
    """What openers sound like, spoken once for all utterances: that was a quarter of what each takes."""

    def __init__(self) -> None:
        self._events: dict[tuple[str, Voice, AudioFormat], Sequence[SpeechEvent]] = {}

    async def load(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """The same sound; empty where it was not learned yet."""
        return self._events.get((text, voice, audio), ())

    async def save(self, text: str, voice: Voice, audio: AudioFormat, events: Sequence[SpeechEvent]) -> None:
        """Keep it for the next utterance."""
        self._events[text, voice, audio] = events


_learned = _Learned()


async def tell(utterance: PausedUtterance, way: Way) -> Outcome:
    """Say it, and listen."""
    responder = Answers(
        *[ANSWER] * 4,
        agent=agent_spec(greeting="Hello there.", turns=dict(way.turns)),
        first_token_s=0.35,
        token_s=1 / 60,
        every_ask=True,
        tool_s=way.tool_s,
        tool_lasts=False,
    )
    note_asked(responder.session, utterance.asked)
    stage = Stage(responder, voice=ScriptedVoice(first_audio_s=0.12))
    stage.phrases = PhraseCache(stage.voice, sounds=_learned)
    for words in openers(responder.agent) if way.openers else ():  # as a server learns them when it starts
        await stage.phrases.learn(words, responder.agent.voice.voice(), PCM_16K)
    spoken = stage.caller.tells(utterance.pieces, utterance.pauses_ms, at=2.0)
    await stage.play(spoken[-1][1] + 4)  # an answer begins within one, and what comes of it is of no matter here
    began = stage.began
    speech = [(began + begin, began + end) for begin, end in spoken]
    answered = [line.removeprefix("caller: ") for line in stage.dialogue if line.startswith("caller: ")]
    first = next((at for at, pcm in stage.link.played if at >= speech[-1][1] and any(pcm[:2])), None)
    decided = [turn.latencies.final_ms for turn in stage.turns if turn.caller_text]
    return Outcome(
        utterance,
        overlap_ms(stage.link, speech),
        answered,
        (first - speech[-1][1]) * 1000 if first is not None else float("inf"),
        sum(FRAME_MS for at, pcm in stage.link.played if speech[0][0] <= at < speech[-1][1] and any(pcm[:2])),
        decided[-1] or 0.0 if decided else float("inf"),
    )
