"""A phone in a LiveKit room keeps no more of the room's audio waiting than jitter needs."""

import pytest

from local_azure.livekit.ear import Ear

QUIET, VOICE = bytes(640), (b"\x00\x10\x00\xf0") * 160


@pytest.fixture
def ear() -> Ear:
    return Ear()


def played(ear: Ear, ticks: int) -> list[bytes | None]:
    """What is heard while a frame comes with each tick."""
    heard = []
    for _ in range(ticks):
        ear.hear(QUIET)
        heard.append(ear.play())
    return heard


def test_what_came_before_the_phone_was_taken_up_makes_nothing_late(ear: Ear) -> None:
    for _ in range(8):
        ear.hear(QUIET)
    played(ear, 3)
    ear.hear(VOICE)
    assert [ear.play() for _ in range(3)].index(VOICE) <= 2


def test_after_a_standstill_silence_is_passed_over_and_no_word_is(ear: Ear) -> None:
    for frame in (QUIET, QUIET, VOICE, QUIET, QUIET, QUIET, VOICE, VOICE):
        ear.hear(frame)
    heard = played(ear, 8)
    assert heard.count(VOICE) == 3
    assert heard.index(VOICE) == 0  # the silence before it was passed over
    assert played(ear, 1) == [QUIET]


def test_a_voice_that_waits_is_heard_whole(ear: Ear) -> None:
    for _ in range(9):
        ear.hear(VOICE)
    assert [ear.play() for _ in range(10)] == [VOICE] * 9 + [None]


def test_no_more_than_200_ms_wait(ear: Ear) -> None:
    for _ in range(50):
        ear.hear(VOICE)
    heard = 0
    while ear.play() is not None:
        heard += 1
    assert heard == 10


def test_what_a_codec_makes_of_silence_is_silence_and_a_whisper_is_none(ear: Ear) -> None:
    hum, whisper = b"\x05\x00\xfb\xff" * 160, b"\x40\x00\xc0\xff" * 160
    for frame in (hum, hum, hum, whisper, whisper, whisper, whisper):
        ear.hear(frame)
    assert ear.play() == whisper
