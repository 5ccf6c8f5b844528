"""From the media path to a file and back: each voice in its channel, and what is never kept is not in it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.recordings.folder import FolderRecordings
from backend.domain.recording import RecordingMarker, SegmentName
from backend.domain.unsealed import Unsealed
from backend.engine.recording.playback import KeptRecording, Playback
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.tap import AGENT, CALLER, Cut, Hide, Hold, Pause, Resume, Tap
from backend.errors import SealBroken, Unavailable
from backend.ports import Cipher
from tests.unit.engine.recording.tones import FRAME_S, RATE, loudest, silent, tone

NAME = SegmentName("c1", 1_764_000_000_000)


def ring(key: str) -> KeyRing:
    return KeyRing([DataKey.read(key, "DATA_KEY")])


KEY = new_key()


class Studio:
    """A recording thread that writes to a folder."""

    def __init__(self, folder: Path) -> None:
        self.store = FolderRecordings(folder)
        self.recorders = Recorders(self.store, ring(KEY))
        self.broken = 0

    def on_broken(self) -> None:
        self.broken += 1

    async def recorded(self, *fills: object, until_s: float) -> KeptRecording:
        segment = self.recorders.open(NAME, RATE, self.on_broken)
        play(segment.tap, until_s, *fills)
        segment.close(until_s)
        await self.settled()
        kept = await self.recorders.run(Playback(self.store, ring(KEY)).find("c1"))
        assert kept is not None
        return kept

    async def settled(self) -> None:
        async with asyncio.timeout(20):
            while self.recorders.figures.live:
                await asyncio.sleep(0.01)

    async def sound(self, kept: KeptRecording, cipher: Cipher | None = None) -> bytes:
        sounds = Playback(self.store, cipher or ring(KEY)).sounds(kept)
        return await self.recorders.run(sounds.read(0, kept.samples))


def play(tap: Tap, until_s: float, *events: object) -> None:
    """The caller sings 440 Hz all along, the agent 1000 Hz from the third second to the fifth; events at their time."""
    todo = sorted(events, key=lambda event: event[0])  # type: ignore[index,no-any-return]
    for frame in range(round(until_s / FRAME_S)):
        at = frame * FRAME_S
        while todo and todo[0][0] <= at:  # type: ignore[index]
            tap.note(todo.pop(0)[1])  # type: ignore[index]
        tap.sound(CALLER, at + FRAME_S, tone(440, FRAME_S, start_s=at))
        if 3 <= at < 5:
            tap.sound(AGENT, at, tone(1000, FRAME_S, start_s=at))


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    made = Studio(tmp_path / "recordings")
    made.recorders.start()
    yield made
    await made.recorders.close()


async def test_each_voice_is_in_its_channel_at_its_second(studio: Studio) -> None:
    kept = await studio.recorded(until_s=12)
    sound = await studio.sound(kept)
    assert kept.seconds == 12
    assert kept.segments[0].complete
    assert loudest(sound, 0, 1) == pytest.approx(440, abs=2)
    assert silent(sound, 1, 0, 3)
    assert loudest(sound, 1, 3.2) == pytest.approx(1000, abs=2)
    assert silent(sound, 1, 5, 12)


async def test_what_was_cut_at_an_interruption_was_not_heard(studio: Studio) -> None:
    segment = studio.recorders.open(NAME, RATE, studio.on_broken)
    for frame in range(100):  # two seconds are sent ahead, and stopped after half a second
        segment.tap.sound(AGENT, 1.0, tone(1000, FRAME_S, start_s=frame * FRAME_S))
    segment.tap.note(Cut(1.5))
    segment.tap.sound(AGENT, 2.0, tone(700, FRAME_S))
    segment.close(3.0)
    await studio.settled()
    kept = await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1"))
    assert kept is not None
    sound = await studio.sound(kept)
    assert loudest(sound, 1, 1.05, length_s=0.4) == pytest.approx(1000, abs=3)
    assert silent(sound, 1, 1.5, 2.0)
    assert not silent(sound, 1, 2.0, 2.02)


async def test_a_pause_is_silence_of_the_same_length_with_a_marker(studio: Studio) -> None:
    kept = await studio.recorded((3.5, Pause(3.5)), (6, Resume(6.0)), until_s=9)
    sound = await studio.sound(kept)
    assert kept.seconds == 9
    assert silent(sound, 0, 3.5, 6) and silent(sound, 1, 3.5, 6)
    assert loudest(sound, 0, 3) == pytest.approx(440, abs=2)
    assert loudest(sound, 0, 6.1) == pytest.approx(440, abs=2)
    assert kept.markers == [RecordingMarker("paused", 3.5, 6.0)]


async def test_a_pause_that_lasts_over_many_pieces_has_one_marker(studio: Studio) -> None:
    kept = await studio.recorded((1, Pause(1.0)), (39, Resume(39.0)), until_s=41)
    sound = await studio.sound(kept)
    assert silent(sound, 0, 1, 39)
    assert kept.markers == [RecordingMarker("paused", 1.0, 39.0)]


async def test_a_number_is_taken_out_after_it_was_said(studio: Studio) -> None:
    kept = await studio.recorded((9, Hide(3.0, 4.5, CALLER)), until_s=10)
    sound = await studio.sound(kept)
    assert silent(sound, 0, 3, 4.5)
    assert not silent(sound, 1, 3, 4.5)
    assert kept.markers == [RecordingMarker("hidden", 3.0, 4.5)]


async def test_what_is_held_waits_until_it_is_known(studio: Studio) -> None:
    kept = await studio.recorded((2, Hold(2.0)), (50, Hide(2.0, 30.0, CALLER)), (50, Hold(None)), until_s=52)
    sound = await studio.sound(kept)
    assert silent(sound, 0, 2, 30)
    assert not silent(sound, 0, 30, 31)


async def test_a_file_is_for_its_owner_and_in_no_way_clear(studio: Studio, tmp_path: Path) -> None:
    await studio.recorded(until_s=6)
    (file,) = (tmp_path / "recordings" / "c1").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert tone(440, FRAME_S, start_s=1.0)[:64] not in file.read_bytes()


async def test_another_key_opens_nothing(studio: Studio) -> None:
    kept = await studio.recorded(until_s=6)
    with pytest.raises(SealBroken):
        await studio.recorders.run(Playback(studio.store, ring(new_key())).find("c1"))
    with pytest.raises(SealBroken):
        await studio.sound(kept, ring(new_key()))
    with pytest.raises(SealBroken):
        await studio.sound(kept, Unsealed())


async def test_a_piece_that_was_changed_or_moved_is_refused(studio: Studio, tmp_path: Path) -> None:
    kept = await studio.recorded(until_s=20)
    (file,) = (tmp_path / "recordings" / "c1").iterdir()
    raw = bytearray(file.read_bytes())
    (_, first), (_, second) = kept.segments[0].sounds[:2]
    one, other = (
        slice(first.body_at, first.body_at + first.head.size),
        slice(second.body_at, second.body_at + second.head.size),
    )
    assert first.head.size != second.head.size or raw[one] != raw[other]
    raw[first.body_at + 40] ^= 1
    file.write_bytes(raw)
    with pytest.raises(SealBroken):
        await studio.sound(kept)


async def test_what_was_torn_off_is_readable_up_to_its_last_whole_piece(studio: Studio, tmp_path: Path) -> None:
    whole = await studio.recorded(until_s=12)
    (file,) = (tmp_path / "recordings" / "c1").iterdir()
    last = whole.segments[0].sounds[-1][1]
    file.write_bytes(file.read_bytes()[: last.body_at + 100])
    kept = await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1"))
    assert kept is not None
    assert kept.seconds == 10
    assert not kept.segments[0].complete
    assert loudest(await studio.sound(kept), 0, 9) == pytest.approx(440, abs=2)


async def test_a_full_queue_breaks_the_recording_off_and_nothing_else(studio: Studio) -> None:
    segment = studio.recorders.open(NAME, RATE, studio.on_broken)
    for frame in range(100_000):  # faster than any thread can write
        segment.tap.sound(CALLER, frame * FRAME_S, tone(440, FRAME_S, start_s=frame * FRAME_S))
    await studio.settled()
    assert studio.broken == 1
    assert studio.recorders.figures.broken == 1
    kept = await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1"))
    assert kept is not None
    assert kept.markers[-1].kind == "broke"
    assert kept.seconds == pytest.approx(segment.tap.broken_at_s, abs=0.1)


async def test_a_full_disk_breaks_the_recording_off_and_leaves_what_was_written(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, count = studio.store.append, 0

    async def full(segment: SegmentName, data: bytes) -> None:
        nonlocal count
        count += 1
        if count > 2:
            raise Unavailable("folder", "no space left on device")
        await append(segment, data)

    monkeypatch.setattr(studio.store, "append", full)
    segment = studio.recorders.open(NAME, RATE, studio.on_broken)
    play(segment.tap, 25)
    await studio.settled()
    monkeypatch.undo()
    assert studio.broken == 1
    assert segment.tap.broken_at_s == 5
    assert studio.recorders.figures.trouble == "provider.unavailable"
    kept = await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1"))
    assert kept is not None and kept.seconds == 5


KILLED = """
import asyncio, sys
from pathlib import Path
from backend.adapters.cipher.data_key import DataKey
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.recordings.folder import FolderRecordings
from backend.engine.recording.recorders import Recorders
from tests.unit.engine.recording.test_recorders import NAME, RATE, play

class Counted(FolderRecordings):
    written = 0

    async def append(self, segment, data):
        await super().append(segment, data)
        if len(data) > 100_000:
            self.written += 5

async def main():
    recorders = Recorders(Counted(Path(sys.argv[1])), KeyRing([DataKey.read(sys.argv[2], "DATA_KEY")]))
    recorders.start()
    segment = recorders.open(NAME, RATE, lambda: None)
    play(segment.tap, 26)
    while recorders.store.written < 10:
        await asyncio.sleep(0.01)
    print("written", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_after_kill_9_it_is_readable_and_a_second_part_joins_it(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(folder), KEY,
        stdout=asyncio.subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert killed.stdout is not None
    assert await killed.stdout.readline() == b"written\n"
    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    later = SegmentName("c1", NAME.began_ms + 30_000)
    segment = studio.recorders.open(later, RATE, studio.on_broken)
    play(segment.tap, 6)
    segment.close(6)
    await studio.settled()
    kept = await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1"))
    assert kept is not None
    assert [one.complete for one in kept.segments] == [False, True]
    assert kept.segments[0].seconds == 10
    assert kept.seconds == 36
    sound = await studio.sound(kept)
    assert loudest(sound, 0, 9) == pytest.approx(440, abs=2)
    assert silent(sound, 0, 10, 30) and silent(sound, 1, 10, 30)
    assert loudest(sound, 1, 33.2) == pytest.approx(1000, abs=2)


async def test_what_is_deleted_is_gone(studio: Studio, tmp_path: Path) -> None:
    await studio.recorded(until_s=6)
    assert await studio.recorders.run(studio.store.delete("c1")) == 1
    assert await studio.recorders.run(Playback(studio.store, ring(KEY)).find("c1")) is None
    assert list((tmp_path / "recordings").iterdir()) == []
    assert await studio.recorders.run(studio.store.delete("c1")) == 0


async def test_the_wave_shows_who_is_loud_when(studio: Studio) -> None:
    kept = await studio.recorded(until_s=8)
    sounds = Playback(studio.store, ring(KEY)).sounds(kept)

    caller, agent = await studio.recorders.run(sounds.loudness(0, kept.samples))
    assert len(caller) == len(agent) == 80
    assert min(caller[1:79]) > 30
    assert max(agent[:29]) == 0 and min(agent[31:49]) > 30
