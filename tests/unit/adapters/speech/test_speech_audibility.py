"""Speech stands out of the noise of the line; what is not answered is noticed."""

import math
import random
import struct

import pytest

from backend.adapters.speech.audibility import Audibility, Unanswered
from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat


def level(value: int) -> bytes:
    return value.to_bytes(2, "little", signed=True) * 320


def tone(level: int, hertz: int = 440, audio: AudioFormat = PCM_16K) -> bytes:
    count = audio.frame_bytes // 2
    wave = (round(level * math.sin(2 * math.pi * hertz * i / audio.sample_rate)) for i in range(count))
    return struct.pack(f"<{count}h", *wave)


def noise(level: int, seed: int) -> bytes:
    chance = random.Random(seed)
    return struct.pack("<320h", *(chance.randint(-level, level) for _ in range(320)))


@pytest.mark.parametrize("hertz", [100, 440, 1000, 2000])
@pytest.mark.parametrize("audio", [PCM_16K, PCM_24K])
def test_a_voice_is_audible_from_the_first_frame(hertz: int, audio: AudioFormat) -> None:
    assert Audibility(audio).hear(tone(3000, hertz, audio))


def test_silence_and_a_quiet_line_are_not() -> None:
    audibility = Audibility(PCM_16K)
    assert not any(audibility.hear(noise(200, i)) for i in range(100))
    assert audibility.quiet_ms == 2000


def test_steady_noise_is_soon_not_taken_for_speech_but_speech_over_it_is() -> None:
    audibility = Audibility(PCM_16K)
    heard = [audibility.hear(noise(1500, i)) for i in range(1500)]
    assert not any(heard[-100:])
    assert audibility.hear(tone(12_000))


def test_five_seconds_of_unbroken_speech_stay_audible() -> None:
    audibility = Audibility(PCM_16K)
    assert all(audibility.hear(tone(5000)) for _ in range(250))


@pytest.mark.parametrize("pcm", [b"", b"\x01", b"\xff\x7f\x01"])
def test_broken_frames_do_no_harm(pcm: bytes) -> None:
    Audibility(PCM_16K).hear(pcm)


def test_speech_is_overdue_from_its_beginning_until_it_is_answered() -> None:
    unanswered = Unanswered()
    for i in range(50):
        unanswered.heard(10 + i * 0.02, 20)
    assert unanswered.overdue_s(13) == 3
    unanswered.answered()
    assert unanswered.overdue_s(14) == 0


def test_a_cough_is_owed_no_answer() -> None:
    unanswered = Unanswered()
    for i in range(15):
        unanswered.heard(10 + i * 0.02, 20)
    assert unanswered.overdue_s(20) == 0


def test_coughs_long_apart_do_not_add_up() -> None:
    unanswered = Unanswered()
    for cough in range(5):
        for i in range(15):
            unanswered.heard(cough * 11 + i * 0.02, 20)
    assert unanswered.overdue_s(60) == 0


@pytest.mark.parametrize("loud", [0, 1, 40])
def test_quiet_frames_passed_over_together_are_as_those_heard_one_by_one(loud: int) -> None:
    one_by_one, together = Audibility(PCM_16K), Audibility(PCM_16K)
    noise, quiet = level(900), level(-200)
    for _ in range(loud):
        one_by_one.hear(noise)
        together.hear(noise)
    for count in (5, 1, 3):
        assert [one_by_one.is_quiet(quiet) for _ in range(count)] == [True] * count
        assert not sum(one_by_one.hear(quiet) for _ in range(count))
        together.pass_over(count)
        assert one_by_one.quiet_ms == together.quiet_ms
    border = [level(peak) for peak in range(480, 1200, 20)]
    assert [one_by_one.hear(pcm) for pcm in border] == [together.hear(pcm) for pcm in border]


def test_a_frame_that_is_short_or_may_be_audible_is_not_quiet() -> None:
    ear = Audibility(PCM_16K)
    assert [ear.is_quiet(pcm) for pcm in (bytes(640), bytes(638), b"\x00\x01" + bytes(638))] == [True, False, False]
