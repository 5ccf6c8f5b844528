"""Callers who speak real words with pauses, and what they hear of the agent while they speak and after.

What is heard is what a phone would play: frames are played one after the other, and StopAudio empties what has not
been played yet. The wait is from the frame with the caller's last sample to the first frame of an answer.
"""

import asyncio
import base64
import contextlib
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from backend.testing.pauses import paused_utterances
from bench import wire
from bench.figures import summary
from bench.heard_words import write_table
from bench.phone import Phone, framed, now
from bench.plan import ROOT
from bench.spoken_words import SpokenUtterance, speak_all
from bench.target import Target

__all__ = ["Burst", "Manners", "TalkPhone", "measure_talk", "talk_figures", "turn_manners"]

_FRAME_NS = 20_000_000
_APART_NS = 60_000_000
"""Silence of an agent that makes two answers of one, in nanoseconds."""
_ANSWER_S = 8.0
_HEARD_MS = 500.0
"""An answer that breaks off sooner by itself was a false start, and the wait goes on."""
_FIRST_S, _STAGGER_S = 0.6, 0.37
_LONGEST_S = 230.0
"""No utterance is begun later: a server that is slow has fewer turns, and the table says how many."""
_UTTERANCES = ROOT / "tests/pauses/utterances.yaml"
_PAUSE_S = 0.5
_TALKED_OVER_MS = 300.0
_NOISE = 8
_DATA = b'"data":"'
_CHUNK = 8
"""Characters of an audio payload that tell its loudness (six bytes)."""


def _quiet() -> bytes:
    chance = random.Random(3)  # noqa: S311  (noise)
    samples = [chance.randint(-_NOISE, _NOISE) for _ in range(wire.FRAME_BYTES // 2)]
    return framed(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))


@dataclass(slots=True)
class Burst:
    """The agent heard in one go, in nanoseconds of ``perf_counter_ns``."""

    began: int
    ended: int
    answer: bool
    """Is it the answer, and no filler?"""

    @property
    def stands(self) -> bool:
        """Is it an answer, and no false start?"""
        return self.answer and self.ended - self.began >= _HEARD_MS * 1e6


class TalkPhone(Phone):
    """A phone that listens: it knows when an answer or a filler was heard."""

    looks_at: ClassVar[int] = 8192
    quiet: ClassVar[bytes] = _quiet()

    def __init__(self, phase: float = 0.0) -> None:
        super().__init__(phase)
        self.bursts: list[Burst] = []
        self.answered = asyncio.Event()
        """An answer has been heard for so long that it stands."""

    def on_frame(self, opcode: int, start: bytes) -> None:
        """Keep when its sound is played."""
        super().on_frame(opcode, start[:10])
        at = start.find(_DATA)
        if at >= 0:
            at += len(_DATA)
            self._play(_loudness(start[at : at + _CHUNK]), start.find(b'"', at) - at)
        elif start.startswith(b'{"kind":"S'):
            self._stop()

    def _play(self, loudness: int, size: int) -> None:
        lasts = round(size * 3 / 4 / wire.FRAME_BYTES) * _FRAME_NS
        begins = max(now(), self.bursts[-1].ended) if self.bursts else now()
        if not loudness:
            return
        answer, last = loudness > wire.LOUDEST_FILLER, self.bursts[-1] if self.bursts else None
        if last and last.answer == answer and begins - last.ended < _APART_NS:
            last.ended = begins + lasts
        else:
            self.bursts.append(last := Burst(begins, begins + lasts, answer))
        if last.stands:
            self.answered.set()

    def _stop(self) -> None:
        at = now()
        for burst in self.bursts:
            burst.ended = min(burst.ended, max(at, burst.began))
        self.bursts = [burst for burst in self.bursts if burst.ended > burst.began]

    async def until_quiet(self, seconds: float) -> None:
        """Wait until nothing has been heard for so long, by what is played."""
        while self.bursts:
            left = (self.bursts[-1].ended - now()) / 1e9 + seconds
            if left <= 0:
                return
            await asyncio.sleep(left + 0.002)


def _loudness(text: bytes) -> int:
    pcm = base64.b64decode(text)
    return max(abs(int.from_bytes(pcm[at : at + 2], "little", signed=True)) for at in range(0, len(pcm), 2))


@dataclass(slots=True)
class Manners:
    """How one utterance was treated."""

    wait_ms: float | None
    """From the caller's last sample to the answer; ``None`` when none began after it."""
    filler_ms: float | None
    """To a filler that came before it."""
    over_ms: float
    """How long agent and caller were heard at once."""
    begun_early: bool
    """An answer began before the caller had finished."""
    dictated: bool = False


def turn_manners(bursts: Sequence[Burst], speech: Sequence[tuple[int, int]], dictated: bool) -> Manners:
    """Judge one utterance by what was heard; all moments in nanoseconds."""
    first, last = speech[0][0], speech[-1][1]
    after = [burst for burst in bursts if burst.began >= last]
    answers = [burst.began for burst in after if burst.stands]
    fillers = [burst.began for burst in after if not burst.answer and (not answers or burst.began < answers[0])]
    both = sum(max(0, min(end, burst.ended) - max(begin, burst.began)) for burst in bursts for begin, end in speech)
    return Manners(
        wait_ms=(answers[0] - last) / 1e6 if answers else None,
        filler_ms=(fillers[0] - last) / 1e6 if fillers else None,
        over_ms=both / 1e6,
        begun_early=any(burst.answer and first <= burst.began < last for burst in bursts),
        dictated=dictated,
    )


async def measure_talk(server: Target, calls: int, rounds: int, script: Mapping[str, Any]) -> dict[str, Any]:
    """So many calls at once, in which every utterance is said so many times."""
    began = time.perf_counter()
    utterances = await speak_all(paused_utterances(_UTTERANCES))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "utterances.json"
        write_table(table, [utterance.heard for utterance in utterances])
        await server.ask("POST", "/bench/reset", {**script, "utterances": str(table)})
        phones = [await server.dial(index * 0.618 % 1, TalkPhone) for index in range(calls)]
        before = (await server.stats())["cpu_seconds"], time.perf_counter()
        turns = await _talk(phones, utterances * rounds)
        after = (await server.stats())["cpu_seconds"], time.perf_counter()
    for phone in phones:
        phone.hang_up()
    return talk_figures(turns) | {
        "calls": calls,
        "core_percent": round(100 * (after[0] - before[0]) / (after[1] - before[1]), 1),
        "lost_calls": sum(phone.lost for phone in phones),
        "client_lateness_ms": summary([ms for phone in phones for ms in phone.lateness]),
        "wall_seconds": round(time.perf_counter() - began, 1),
    }


async def _talk(phones: Sequence[TalkPhone], utterances: list[SpokenUtterance]) -> list[Manners]:
    waiting, turns = utterances[:], list[Manners]()
    random.Random(7).shuffle(waiting)  # noqa: S311  (the same order for every server)
    until = time.perf_counter() + _LONGEST_S
    async with asyncio.TaskGroup() as group:
        for index, phone in enumerate(phones):
            group.create_task(_converse(phone, waiting, turns, _FIRST_S + index * _STAGGER_S, until))
    return turns


async def _converse(
    phone: TalkPhone, waiting: list[SpokenUtterance], turns: list[Manners], delay_s: float, until: float
) -> None:
    await asyncio.sleep(delay_s)
    while waiting and not phone.lost and time.perf_counter() < until:
        turns.append(await _turn(phone, waiting.pop(0)))


async def _turn(phone: TalkPhone, utterance: SpokenUtterance) -> Manners:
    phone.bursts.clear()
    phone.say(framed(frame) for frame in utterance.frames)
    await phone.said.wait()
    if phone.lost:
        raise ConnectionError("the server has hung up on a caller in mid-sentence")
    phone.answered.clear()
    speech = [(phone.sent_at[begin] - _FRAME_NS, phone.sent_at[end]) for begin, end in utterance.speech]
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(phone.answered.wait(), _ANSWER_S)
    await phone.until_quiet(_PAUSE_S)
    return turn_manners(phone.bursts, speech, utterance.said.dictated)


def talk_figures(turns: Sequence[Manners]) -> dict[str, Any]:
    """Sum them up."""
    return {
        "turns": len(turns),
        "caller_stops_to_answer_ms": summary([turn.wait_ms for turn in turns if turn.wait_ms is not None]),
        "caller_stops_to_filler_ms": summary([turn.filler_ms for turn in turns if turn.filler_ms is not None]),
        "talked_over": sum(turn.over_ms > 0 for turn in turns),
        "talked_over_300_ms": sum(turn.over_ms > _TALKED_OVER_MS for turn in turns),
        "talked_over_dictating": sum(turn.over_ms > 0 and turn.dictated for turn in turns),
        "begun_early": sum(turn.begun_early for turn in turns),
        "unanswered": sum(turn.wait_ms is None for turn in turns),
    }
