"""The caller's audio reaches whoever reads it in order, in the sizes that were meant."""

import os
import resource
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.speech.audio_source import AudioSource
from backend.domain.audio import PCM_16K

S = 32_000
"""Bytes of a second."""


class Pipe:
    """A source and whoever reads from it, as a thread of the SDK does."""

    def __init__(self) -> None:
        self.source = AudioSource(PCM_16K)
        self.out_of = self.source.open()

    def fetch(self, size: int = 3200) -> bytes:
        return os.read(self.out_of, size)

    def fetch_all(self, least: int) -> bytes:
        """All of so much, while frames of silence go on to come."""
        fetched = b""
        while len(fetched) < least:
            fetched += self.fetch(1000)
            self.source.write(b"", within_ms=0)
        return fetched


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.source.close()


def test_audio_leaves_in_pieces_of_40_ms(pipe: Pipe) -> None:
    for _ in range(3):
        pipe.source.write(b"a" * 640, within_ms=40)
    assert pipe.fetch() == b"a" * 1280
    pipe.source.write(b"a" * 640, within_ms=40)
    assert pipe.fetch() == b"a" * 1280


def test_audio_leaves_in_pieces_of_100_ms(pipe: Pipe) -> None:
    for _ in range(5):
        pipe.source.write(b"0" * 640, within_ms=100)
    assert pipe.fetch() == b"0" * 3200


def test_what_is_urgent_takes_along_what_waits(pipe: Pipe) -> None:
    pipe.source.write(b"0" * 640, within_ms=100)
    pipe.source.write(b"a" * 640, within_ms=40)
    assert pipe.fetch() == b"0" * 640 + b"a" * 640


@given(st.lists(st.tuples(st.binary(max_size=5000), st.sampled_from([0, 40, 100])), max_size=20))
def test_nothing_is_lost_or_changed_whatever_the_sizes(pieces: list[tuple[bytes, int]]) -> None:
    pipe = Pipe()
    for pcm, within_ms in pieces:
        pipe.source.write(pcm, within_ms=within_ms)
    pipe.source.write(bytes(3200), within_ms=0)
    sent = b"".join(pcm for pcm, _ in pieces) + bytes(3200)
    assert pipe.fetch_all(len(sent)) == sent
    pipe.source.close()


def test_ten_seconds_that_are_said_again_come_whole_although_a_pipe_holds_two(pipe: Pipe) -> None:
    again = b"".join((number % 65_521).to_bytes(2) for number in range(10 * S // 2))
    pipe.source.write(again, within_ms=0)
    pipe.source.write(b"new!", within_ms=100)
    pipe.source.write(b"", within_ms=0)
    assert pipe.fetch_all(len(again) + 4) == again + b"new!"
    assert pipe.source.dropped_ms == 0


def test_the_end_comes_behind_all_that_was_handed_over_and_wakes_who_waits(pipe: Pipe) -> None:
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.extend((pipe.fetch(), pipe.fetch(), pipe.fetch())))
    pipe.source.write(b"last", within_ms=0)
    reader.start()
    pipe.source.finish()
    reader.join(5)
    assert got == [b"last", b"", b""]


def test_what_nobody_fetches_is_dropped_and_counted_and_what_follows_is_whole(pipe: Pipe) -> None:
    for second in range(30):
        pipe.source.write(bytes([second]) * S, within_ms=0)
    assert 7500 < pipe.source.dropped_ms < 8100  # 20 s are kept, and what the pipe has taken
    kept = 30 * S - round(pipe.source.dropped_ms) * 32
    fetched = pipe.fetch_all(kept)
    assert len(fetched) == kept
    assert fetched.endswith(b"".join(bytes([second]) * S for second in range(11, 30)))


def test_what_is_fetched_in_time_is_never_dropped(pipe: Pipe) -> None:
    for _ in range(1000):  # 40 s
        pipe.source.write(bytes(1280), within_ms=40)
        assert len(pipe.fetch()) == 1280
    assert pipe.source.dropped_ms == 0


def test_both_ends_are_closed_once_and_also_where_nobody_does_it() -> None:
    def is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True

    pipe = Pipe()
    number = pipe.out_of
    pipe.source.close()
    assert not is_open(number)
    another = Pipe()  # has the same numbers now
    assert another.out_of == number
    pipe.source.finish()
    pipe.source.close()
    assert is_open(number)
    del another
    assert not is_open(number)


def test_a_process_with_too_many_files_open_says_so_as_the_sdk_does() -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    source = AudioSource(PCM_16K)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(RuntimeError, match="no pipe for the caller's audio"):
            source.open()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
