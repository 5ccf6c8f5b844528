"""What is kept for a second hearing."""

import tracemalloc

from backend.adapters.speech.replay import Replay
from backend.domain.audio import PCM_16K

FRAME = bytes(PCM_16K.frame_bytes)
FRAME_7 = (7).to_bytes(2, "little") * (PCM_16K.frame_bytes // 2)


def frames(replay: Replay, count: int, *, audible: bool, first: int = 0) -> None:
    for index in range(first, first + count):
        replay.add(index.to_bytes(2, "little") * (PCM_16K.frame_bytes // 2), audible=audible)


def numbers(audio: bytes) -> list[int]:
    return [int.from_bytes(audio[i : i + 2], "little") for i in range(0, len(audio), PCM_16K.frame_bytes)]


def test_begins_a_little_before_the_speech() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 100, audible=False)
    frames(replay, 50, audible=True, first=100)
    assert replay.start_ms() == 1600
    assert numbers(replay.since(1600)) == list(range(80, 150))


def test_speech_that_the_service_noticed_earlier_counts() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 100, audible=False)
    replay.speech(900)
    frames(replay, 50, audible=True, first=100)
    assert replay.start_ms() == 500


def test_without_speech_the_last_two_seconds_are_repeated() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 400, audible=False)
    assert replay.start_ms() == 6000
    assert numbers(replay.since(6000)) == list(range(300, 400))


def test_a_final_answers_everything_before_its_end() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 50, audible=True)
    frames(replay, 50, audible=False, first=50)
    replay.answered(1000)
    assert replay.start_ms() == 1000
    frames(replay, 10, audible=True, first=100)
    assert replay.start_ms() == 1600


def test_speech_that_began_before_the_final_arrived_is_kept() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 100, audible=True)
    replay.answered(1500)
    assert replay.start_ms() == 1500
    assert numbers(replay.since(1500)) == list(range(75, 100))
    frames(replay, 250, audible=False, first=100)
    assert replay.start_ms() == 1500


def test_a_final_that_claims_more_than_was_written_does_no_harm() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 10, audible=True)
    replay.answered(99_999)
    frames(replay, 10, audible=True, first=10)
    assert numbers(replay.since(replay.start_ms())) == list(range(10, 20))


def test_never_more_than_ten_seconds() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 1500, audible=True)
    assert replay.start_ms() == 20_000
    assert numbers(replay.since(0)) == list(range(1000, 1500))
    assert replay.end_ms == 30_000


def test_of_a_line_on_which_nobody_speaks_four_seconds_are_kept() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 600, audible=False)
    assert numbers(replay.since(0)) == list(range(400, 600))
    replay.speech(9000)
    frames(replay, 400, audible=False, first=600)
    assert replay.start_ms() == 10_000
    assert numbers(replay.since(0)) == list(range(500, 1000))


def test_speech_that_a_slow_service_notices_two_seconds_later_is_kept_from_before_it() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 600, audible=False)
    replay.speech(9800)
    assert replay.start_ms() == 9400
    assert numbers(replay.since(9400)) == list(range(470, 600))


def test_of_silence_that_is_all_zeros_one_frame_is_kept() -> None:
    replay = Replay(PCM_16K)
    frames(replay, 1, audible=False, first=7)
    tracemalloc.start()
    try:
        for _ in range(199):
            replay.add(bytes(bytearray(PCM_16K.frame_bytes)), audible=False)
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept < 20 * PCM_16K.frame_bytes
    assert replay.since(0) == FRAME_7 + bytes(199 * PCM_16K.frame_bytes)


def test_frames_passed_over_together_are_kept_as_those_added_one_by_one() -> None:
    one_by_one, together = Replay(PCM_16K), Replay(PCM_16K)
    for _ in range(70):
        for frame in (some := [FRAME, FRAME_7, FRAME_7]):
            one_by_one.add(frame, audible=False)
        together.pass_over(some)
        assert one_by_one.end_ms == together.end_ms
        assert one_by_one.since(0) == together.since(0)
        assert one_by_one.start_ms() == together.start_ms()
