"""The caller's audio reaches the SDK's buffer in order, in the sizes that were meant."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.speech.audio_source import AudioSource
from backend.domain.audio import PCM_16K


def fetch(source: AudioSource, size: int = 3200) -> bytes:
    buffer = bytearray(size)
    return bytes(buffer[: source.read(memoryview(buffer))])


def test_audio_leaves_in_pieces_of_40_ms() -> None:
    source = AudioSource(PCM_16K)
    for _ in range(4):
        source.write(b"a" * 640, within_ms=40)
    assert fetch(source) == b"a" * 1280
    assert fetch(source) == b"a" * 1280


def test_audio_leaves_in_pieces_of_100_ms() -> None:
    source = AudioSource(PCM_16K)
    for _ in range(5):
        source.write(b"0" * 640, within_ms=100)
    assert fetch(source) == b"0" * 3200


def test_what_is_urgent_takes_along_what_waits() -> None:
    source = AudioSource(PCM_16K)
    source.write(b"0" * 640, within_ms=100)
    source.write(b"a" * 640, within_ms=40)
    assert fetch(source) == b"0" * 640 + b"a" * 640


@given(st.lists(st.tuples(st.binary(max_size=5000), st.sampled_from([0, 40, 100])), max_size=20))
def test_nothing_is_lost_or_changed_whatever_the_sizes(pieces: list[tuple[bytes, int]]) -> None:
    source = AudioSource(PCM_16K)
    for pcm, within_ms in pieces:
        source.write(pcm, within_ms=within_ms)
    source.write(bytes(3200), within_ms=0)
    sent = b"".join(pcm for pcm, _ in pieces) + bytes(3200)
    fetched = b""
    while len(fetched) < len(sent):
        fetched += fetch(source, 1000)
    assert fetched == sent


def test_finish_wakes_a_waiting_reader_and_stays_finished() -> None:
    source = AudioSource(PCM_16K)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(fetch(source)))
    reader.start()
    source.finish()
    reader.join(5)
    assert got == [b""]
    assert fetch(source) == b""


def test_what_nobody_fetches_is_dropped_from_the_oldest_and_counted() -> None:
    source = AudioSource(PCM_16K)
    for index in range(1100):  # 22 s
        source.write(index.to_bytes(2, "little") * 320, within_ms=40 if index % 2 else 100)
    assert source.dropped_ms == 2000
    assert fetch(source)[:2] == (100).to_bytes(2, "little")


def test_what_is_fetched_in_time_is_never_dropped() -> None:
    source = AudioSource(PCM_16K)
    for _ in range(1000):  # 40 s
        source.write(bytes(1280), within_ms=40)
        assert len(fetch(source)) == 1280
    assert source.dropped_ms == 0
