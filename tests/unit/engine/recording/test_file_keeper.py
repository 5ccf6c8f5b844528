"""A file of the telephone service becomes a recording like all others: on the timeline, without what is never kept."""

import io
import wave
from collections.abc import AsyncIterator

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.domain.recording import SegmentName
from backend.domain.service_recording import CUT, UNMARKED, ServiceRecording, Span
from backend.domain.unsealed import Unsealed
from backend.engine.recording.file_keeper import FileKeeper
from backend.engine.recording.playback import KeptRecording, Playback
from backend.errors import ProtocolError
from backend.testing.recordings import MemoryRecordings

RATE = 16_000


def tone(hertz: float, seconds: float) -> NDArray[np.int16]:
    return np.asarray(np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE) * 8000, np.int16)


def wav(*voices: NDArray[np.int16], rate: int = RATE) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(len(voices))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.stack(voices, axis=1).tobytes())
    return target.getvalue()


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 5001):
        yield content[at : at + 5001]


async def kept(
    *files: bytes, spans: tuple[Span, ...] = (), lead_s: float = 0.0
) -> tuple[KeptRecording, NDArray[np.int16]]:
    store = MemoryRecordings()
    recording = ServiceRecording("r1", "c1", 5000, lead_s, spans)
    await FileKeeper(recording, store, Unsealed()).keep([pieces(one) for one in files])
    playback = Playback(store, Unsealed())
    found = await playback.find("c1")
    assert found is not None and found.segments[0].complete
    sound = await playback.sounds(found).read(0, found.samples)
    return found, np.frombuffer(sound, "<i2").reshape(-1, 2)


def strongest(sound: NDArray[np.int16], channel: int, second: float) -> float:
    """The frequency that is heard most in half a second from here; 0 where it is silent."""
    part = sound[round(second * RATE) : round((second + 0.5) * RATE), channel].astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(part))) * RATE / len(part)) if part.any() else 0.0


async def test_both_sides_are_where_they_were_heard() -> None:
    found, sound = await kept(wav(tone(400, 8), tone(900, 8)), lead_s=0.5)
    assert found.seconds == pytest.approx(8.5, abs=0.02)
    assert (strongest(sound, 0, 0), strongest(sound, 1, 0)) == (0, 0)
    assert (strongest(sound, 0, 4), strongest(sound, 1, 4)) == (400, 900)


async def test_what_the_service_left_out_has_its_length_again() -> None:
    """The file goes on behind a pause of three seconds: what came after it is heard when it was."""
    caller = np.concatenate([tone(400, 4), tone(700, 4)])
    spans = (Span("paused", 3.5, 7.5), Span(CUT, 4.0, 7.0))
    found, sound = await kept(wav(caller, caller), spans=spans)
    assert found.seconds == pytest.approx(11, abs=0.02)
    assert [(one.kind, one.start_s, one.end_s) for one in found.markers] == [("paused", 3.5, 7.5)]
    for channel in (0, 1):
        assert strongest(sound, channel, 2.9) == 400
        assert not sound[round(3.5 * RATE) : round(7.5 * RATE), channel].any(), "said while the pause was on its way"
        assert strongest(sound, channel, 8) == 700


async def test_what_one_of_them_must_not_be_heard_saying_is_silent() -> None:
    voices = tone(400, 30), tone(900, 30)
    found, sound = await kept(wav(*voices), spans=(Span("hidden", 10, 12, 1), Span(UNMARKED, 20, 21, 1)))
    assert [(one.kind, one.start_s, one.end_s) for one in found.markers] == [("hidden", 10, 12)]
    assert not sound[10 * RATE : 12 * RATE, 0].any() and not sound[20 * RATE : 21 * RATE, 0].any()
    assert strongest(sound, 1, 10.5) == 900 and strongest(sound, 0, 12.5) == 400


async def test_more_than_two_channels_are_the_caller_and_all_others() -> None:
    silent = np.zeros(4 * RATE, np.int16)
    _, sound = await kept(wav(tone(400, 4), silent, tone(900, 4)))
    assert (strongest(sound, 0, 1), strongest(sound, 1, 1)) == (400, 900)


async def test_a_recording_in_several_files_is_one() -> None:
    _, sound = await kept(wav(tone(400, 4), tone(400, 4)), wav(tone(700, 4), tone(700, 4)))
    assert (strongest(sound, 0, 3), strongest(sound, 0, 5)) == (400, 700)


async def test_what_an_earlier_try_left_is_replaced() -> None:
    store = MemoryRecordings()
    store.files[SegmentName("c1", 5000)] = b"half"
    keeper = FileKeeper(ServiceRecording("r1", "c1", 5000), store, Unsealed())
    await keeper.keep([pieces(wav(tone(400, 1), tone(400, 1)))])
    assert await Playback(store, Unsealed()).find("c1") is not None


async def test_a_rate_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ProtocolError):
        await kept(wav(tone(400, 1), rate=44_100))
