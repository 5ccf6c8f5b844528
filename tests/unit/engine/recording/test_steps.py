"""What a recording computes at once, counted in bytes: no clock of a busy machine has a say in it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from backend.domain.recording import RECORDING_RATE, SegmentName
from backend.domain.unsealed import Unsealed
from backend.engine.recording.channel import Channel
from backend.engine.recording.recorder import Recorder
from backend.engine.recording.steps import RESAMPLED_BYTES, STEP_BYTES, Steps, in_steps
from backend.engine.recording.tap import AGENT, CALLER, Cut, Heard, Tap
from backend.engine.recording.track import CHUNK_S
from backend.testing.recordings import MemoryRecordings
from backend.testing.virtual_time import run_virtual

FRAME = bytes(640)
PIECE = CHUNK_S * RECORDING_RATE * 2 * 2
"""Both voices of one piece of a file."""


class Meter:
    """Counts what is handled between two moments in which the thread sleeps."""

    def __init__(self) -> None:
        self.handled: list[dict[str, int]] = [{}]

    def count(self, what: str, size: int) -> None:
        self.handled[-1][what] = self.handled[-1].get(what, 0) + size

    def slept(self) -> None:
        self.handled.append({})

    def most(self, what: str) -> int:
        return max(one.get(what, 0) for one in self.handled)

    def whole(self, what: str) -> int:
        return sum(one.get(what, 0) for one in self.handled)


class Counted(Unsealed):
    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def seal_raw(self, clear: bytes, bound: str = "") -> bytes:
        self._meter.count("sealed", len(clear))
        return clear


@pytest.fixture
def meter(monkeypatch: pytest.MonkeyPatch) -> Meter:
    meter, sleep, add, take = Meter(), asyncio.sleep, Channel.add, Channel.take

    async def sleeps(delay: float, result: Any = None) -> Any:
        if delay > 0:  # who only looks up for a moment does not let go of the processor
            meter.slept()
        return await sleep(delay, result)

    def adds(channel: Channel, at: int, pcm: bytes) -> None:
        meter.count("fed", len(pcm))
        add(channel, at, pcm)

    def takes(channel: Channel, count: int) -> bytes:
        meter.count("taken", count * 2)
        return take(channel, count)

    monkeypatch.setattr(asyncio, "sleep", sleeps)
    monkeypatch.setattr(Channel, "add", adds)
    monkeypatch.setattr(Channel, "take", takes)
    return meter


def recorded(meter: Meter, calls: int, seconds: int, rate: int = RECORDING_RATE) -> None:
    """So many calls whose recordings are behind by so much are written by one thread."""

    async def story() -> None:
        steps, store = Steps(), MemoryRecordings()
        taps = [Tap(most=100 * seconds) for _ in range(calls)]
        for tap in taps:
            for frame in range(50 * seconds):
                pcm = bytes(len(FRAME) * rate // RECORDING_RATE)
                tap.sound(CALLER, frame / 50, pcm)
                tap.sound(AGENT, frame / 50, pcm)
            tap.closed_at_s = float(seconds)
        names = [SegmentName(f"c{number}", 1) for number in range(calls)]
        await asyncio.gather(*(
            Recorder(name, rate, tap, store, Counted(meter), steps).run() for name, tap in zip(names, taps, strict=True)
        ))  # fmt: skip

    run_virtual(story())


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_twenty_calls_that_are_behind_are_written_in_small_steps(meter: Meter, rate: int) -> None:
    recorded(meter, 20, 9, rate)
    assert meter.whole("fed") == meter.whole("taken") == 20 * 9 * RECORDING_RATE * 4
    assert meter.most("fed") <= (STEP_BYTES if rate == RECORDING_RATE else RESAMPLED_BYTES)
    assert meter.most("taken") <= PIECE
    assert meter.most("sealed") <= PIECE + 2000  # a piece, and what the others had to say beside it
    for one in meter.handled:
        heavy = [what for what in ("fed", "taken", "sealed") if one.get(what, 0) > 2000]
        assert len(heavy) <= 1, f"one step did {one}"


def test_who_would_lose_sound_takes_no_pauses(meter: Meter) -> None:
    """On a machine that is too slow for them a recording would break off; calls are held up by others there."""
    recorded(meter, 1, 12)
    assert meter.whole("fed") == 12 * RECORDING_RATE * 4
    assert meter.handled[0]["fed"] == meter.whole("fed")


def parts(heard: Sequence[Heard], most: int) -> list[int]:
    found = list(in_steps(heard, most))
    assert [one for part in found for one in part] == list(heard)
    return [len(part) for part in found]


def test_parts_keep_their_order_and_have_no_more_sound_than_that() -> None:
    frames: list[Heard] = [(CALLER, place / 50, FRAME) for place in range(7)]
    assert parts(frames, 640 * 3) == [3, 3, 1]
    assert parts([*frames[:3], Cut(0.05), *frames[3:]], 640 * 3) == [4, 3, 1]
    assert parts([(CALLER, 0.0, bytes(9000)), frames[0]], 640) == [1, 1]
    assert parts([], 640) == []


def test_steps_wait_for_each_other_and_for_the_moment_behind_each() -> None:
    async def story() -> None:
        steps, log = Steps(0.5), list[float]()
        now = asyncio.get_running_loop().time

        def step(value: int) -> Callable[[], int]:
            return lambda: log.append(round(now() - began, 3)) or value

        began = now()
        assert await asyncio.gather(*(steps.take(step(value)) for value in range(3))) == [0, 1, 2]
        assert log == [0.0, 0.5, 1.0]
        with pytest.raises(ValueError):
            await steps.take(lambda: int("x"))
        assert await steps.take(step(9)) == 9

    run_virtual(story())


def test_on_the_loop_of_the_calls_a_frame_is_handed_over_as_it_is() -> None:
    """Nobody copies it, or looks at its samples: what a frame costs there is one entry in a queue."""
    tap, frame = Tap(), bytes(640)
    tap.sound(CALLER, 0.02, frame)
    ((_, _, kept),) = [one for one in tap.take() if isinstance(one, tuple)]
    assert kept is frame
