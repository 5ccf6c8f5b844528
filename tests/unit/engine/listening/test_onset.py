"""Voices and noises, made from numbers: what begins a voice, and what only sounds like speech to a detector."""

import numpy as np
import pytest

from backend.domain.audio import FRAME_MS, PCM_16K, PCM_24K, AudioFormat
from backend.engine.listening.onset import Onset
from backend.engine.listening.voice_activity import VoiceActivity, local_voice_activity
from backend.testing.noises import line_noises
from backend.testing.room_noises import road_noise, room_noises, telephone_band
from backend.testing.waves import RATE, Wave, band, pulses, seconds, to_pcm

LINE = dict(line_noises(40))
ROOM = dict(room_noises(40))


def vowel(length: float = 0.4, pitch: float = 120.0, formants: tuple[float, ...] = (650.0, 1100.0, 2500.0)) -> Wave:
    """A voice that falls a little, as voices do."""
    t = seconds(length)
    return pulses(pitch * (1 - 0.15 * t / length), formants) * np.minimum(1, t / 0.02)


def onsets(activity: VoiceActivity, wave: Wave, peak: float = 9000.0) -> list[int]:
    """Milliseconds into ``wave`` at which a voice is noticed; 200 ms of silence go before it."""
    quiet = np.zeros(RATE // 5)
    pcm = to_pcm(np.concatenate([quiet, wave, np.zeros(RATE // 2)]), peak)
    frames = [pcm[at : at + PCM_16K.frame_bytes] for at in range(0, len(pcm), PCM_16K.frame_bytes)]
    return [number * FRAME_MS + FRAME_MS - 200 for number, frame in enumerate(frames) if activity.feed(frame)]


def noticed(wave: Wave, peak: float = 9000.0) -> list[int]:
    return onsets(local_voice_activity(PCM_16K), wave, peak)


def wave_of(pcm: bytes) -> Wave:
    return np.frombuffer(pcm, "<i2").astype(np.float64)


@pytest.mark.parametrize("pitch", [85.0, 120.0, 180.0, 240.0, 330.0])
@pytest.mark.parametrize("peak", [1500.0, 9000.0, 30000.0])
def test_a_vowel_is_noticed_within_100_ms(pitch: float, peak: float) -> None:
    (at,) = noticed(vowel(pitch=pitch), peak)
    assert at <= 100


def test_a_vowel_is_noticed_through_a_telephone_line() -> None:
    (at,) = noticed(telephone_band(vowel()))
    assert at <= 100


def test_a_word_that_begins_with_an_s_is_noticed_before_its_vowel() -> None:
    random = np.random.default_rng(1)
    t = seconds(0.16)
    hiss = band(random, t.size, 3500, 7500) * np.minimum(1, t / 0.04)
    (at,) = noticed(np.concatenate([0.3 * hiss / abs(hiss).max(), vowel() / abs(vowel()).max()]))
    assert at <= 120


@pytest.mark.parametrize("kind", ["breath", "click", "crackle", "hum", "keyboard", "door", "wind"])
def test_noises_of_the_line_are_no_voice(kind: str) -> None:
    assert not any(noticed(wave_of(pcm)) for name, pcm in LINE.items() if name.startswith(kind))


@pytest.mark.parametrize(
    "kind",
    (
        "cough", "throat", "puff", "sigh", "sniff", "typing", "slam", "horn", "indicator", "rain", "wind", "road",
        "static", "key tone", "beep", "paper",
    ),
)  # fmt: skip
def test_noises_of_the_room_are_no_voice(kind: str) -> None:
    assert not any(noticed(wave_of(pcm)) for name, pcm in ROOM.items() if name.startswith(kind))


def test_eighty_noises_through_a_telephone_line_are_seldom_taken_for_a_voice() -> None:
    waves = [telephone_band(wave_of(pcm)) for pcm in (LINE | ROOM).values()]
    assert sum(bool(noticed(wave, float(abs(wave).max()))) for wave in waves) <= 8


def test_words_in_a_moving_car_are_noticed_each_time_and_the_car_never() -> None:
    """A detector hears speech all the time there, so no silence tells one interruption from the next."""
    car = road_noise(9.0, 500.0)
    word = vowel() * 9000 / abs(vowel()).max()
    for at in (2.0, 5.5):
        car[int(at * RATE) :][: word.size] += word
    found = onsets(VoiceActivity(lambda _: True, Onset(PCM_16K)), car, float(abs(car).max()))
    assert [round(at / 1000) for at in found] == [2, 6]


def test_frames_of_24_khz_are_heard_alike() -> None:
    t = np.arange(int(0.4 * 24_000)) / 24_000
    tone = sum((np.sin(2 * np.pi * 130 * (1 - 0.2 * t) * n * t) / n for n in range(1, 14)), np.zeros(t.size))
    pcm = to_pcm(np.concatenate([np.zeros(4800), tone]), 9000)
    activity = local_voice_activity(PCM_24K)
    assert any(activity.feed(pcm[at : at + PCM_24K.frame_bytes]) for at in range(0, len(pcm) - 960, 960))


def test_silence_and_length_are_those_of_the_detector_alone() -> None:
    """The end of a turn is measured in silence; what is no voice to the onset is still a sound."""
    pcm = LINE["breath 1"]
    frames = [pcm[at : at + PCM_16K.frame_bytes] for at in range(0, len(pcm) - 640, 640)] + [bytes(640)] * 12
    plain, strict = VoiceActivity(_loud), VoiceActivity(_loud, Onset(PCM_16K))
    for frame in frames:
        plain.feed(frame)
        assert not strict.feed(frame)
        assert (strict.speaking, strict.silence_ms, strict.speech_ms) == (
            plain.speaking,
            plain.silence_ms,
            plain.speech_ms,
        )
    assert plain.silence_ms >= 240


def test_after_a_voice_has_ended_a_noise_is_a_noise_again() -> None:
    """What an "s" left behind must not make a voice of one frame of it."""
    random = np.random.default_rng(2)
    hiss = band(random, 2560, 3500, 7500)
    gap, tick = np.zeros(int(0.164 * RATE)), band(random, 640, 3500, 7500)
    heard = VoiceActivity(_loud, Onset(PCM_16K))
    assert len(onsets(heard, np.concatenate([hiss, gap, tick]))) == 1


@pytest.mark.parametrize("audio", [PCM_16K, PCM_24K])
@pytest.mark.parametrize("level", [0, 1, -32768, 32767])
def test_silence_and_full_scale_are_no_voice_and_no_error(audio: AudioFormat, level: int) -> None:
    onset = Onset(audio)
    pcm = np.full(audio.frame_bytes // 2, level, "<i2").tobytes()
    assert not any(onset.hear(pcm, speaking=True) for _ in range(8))


def _loud(pcm: bytes) -> bool:
    return bool(abs(np.frombuffer(pcm, "<i2")).max() > 500)
