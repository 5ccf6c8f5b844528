"""Words are found again when no sample is the same any more, and only those that were heard."""

import asyncio
import threading

import numpy as np
import pytest
import soxr

from local_azure.phone.wave_book import WaveBook, WaveWords
from local_azure.soundbook import SoundBook

RATE = 16_000
FRAME = RATE // 50
SENTENCES = ("what is your policy number", "was anybody hurt in the accident", "when did it happen")


def voice(seed: int, seconds: float) -> np.ndarray:
    """Something like a voice: a pitch that moves, and loudness that comes and goes."""
    random = np.random.default_rng(seed)
    at = np.arange(int(RATE * seconds)) / RATE
    pitch = 120 + 30 * np.interp(at, np.linspace(0, seconds, 9), random.uniform(-1, 1, 9))
    loud = np.interp(at, np.linspace(0, seconds, 25), random.uniform(0.2, 1, 25))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    parts = (np.sin(harmonic * phase + random.uniform(0, 6)) / harmonic for harmonic in range(1, 7))
    return sum(parts, np.zeros(at.size)) * loud * 6000


def through_codec(samples: np.ndarray) -> np.ndarray:
    """Resampled there and back, shifted, with noise."""
    there = soxr.resample(np.concatenate((np.zeros(137), samples)), RATE, 48_000)
    back = soxr.resample(there, 48_000, RATE)
    return back + np.random.default_rng(7).normal(0, 200, back.size)


@pytest.fixture
def book() -> tuple[SoundBook, WaveBook]:
    sounds = SoundBook()
    waves = WaveBook(sounds)
    for seed, text in enumerate(SENTENCES):
        sounds.learn(voice(seed, 2.0).astype("<i2").tobytes(), text, kind="agent")
    return sounds, waves


async def heard(words: WaveWords, samples: np.ndarray) -> str:
    pcm = np.clip(samples, -32767, 32767).astype("<i2").tobytes()
    for start in range(0, len(pcm) - FRAME * 2 + 1, FRAME * 2):
        frame = pcm[start : start + FRAME * 2]
        words.hear(frame, FRAME * 2, loud=bool(np.abs(np.frombuffer(frame, "<i2")).max() > 600))
        while words.looking:
            await asyncio.sleep(0)
    return words.take()


async def test_each_sentence_is_found_in_the_order_of_the_call(book: tuple[SoundBook, WaveBook]) -> None:
    words = WaveWords(book[1], RATE)
    for seed in (1, 0, 2):
        rest = np.zeros(RATE // 2)
        assert await heard(words, np.concatenate((through_codec(voice(seed, 2.0)), rest))) == SENTENCES[seed]
    await words.close()


def squeezed(samples: np.ndarray) -> np.ndarray:
    """As a line brings it that has room for little: a piece of it is hardly alike."""
    noise = np.random.default_rng(8).normal(0, 2.2 * np.sqrt(np.mean(samples**2)), samples.size)
    return samples + noise


async def test_a_voice_that_a_busy_line_has_squeezed_is_found_by_several_pieces(
    book: tuple[SoundBook, WaveBook],
) -> None:
    words = WaveWords(book[1], RATE)
    for seed in (1, 0, 2):
        said = squeezed(through_codec(voice(seed, 2.0)))
        text = (await heard(words, np.concatenate((said, np.zeros(RATE // 2))))).split()
        assert [word for word in SENTENCES[seed].split() if word in text] == text and len(text) >= 3, text
    await words.close()


async def test_of_a_squeezed_line_no_words_come_that_nobody_has_said(book: tuple[SoundBook, WaveBook]) -> None:
    words = WaveWords(book[1], RATE)
    for seed in range(20, 40):
        said = squeezed(through_codec(voice(seed, 2.0)))
        assert await heard(words, np.concatenate((said, np.zeros(RATE // 2)))) == "", seed
    await words.close()


async def test_a_machine_that_is_behind_knows_the_words_later_and_all_of_them(book: tuple[SoundBook, WaveBook]) -> None:
    words, goes_on = WaveWords(book[1], RATE), threading.Event()
    words._worker.submit(goes_on.wait)
    pcm = np.concatenate((through_codec(voice(1, 2.0)), np.zeros(RATE // 2))).astype("<i2").tobytes()
    for start in range(0, len(pcm) - FRAME * 2 + 1, FRAME * 2):
        words.hear(pcm[start : start + FRAME * 2], FRAME * 2, loud=start < RATE * 4)
    assert words.peek() == "" and words.pending
    goes_on.set()
    await words.caught_up()
    assert words.take() == SENTENCES[1]
    await words.close()


async def test_what_was_cut_off_was_not_heard(book: tuple[SoundBook, WaveBook]) -> None:
    words = WaveWords(book[1], RATE)
    cut = through_codec(voice(1, 2.0))[:RATE]
    text = await heard(words, np.concatenate((cut, np.zeros(RATE))))
    assert text and SENTENCES[1].startswith(text) and text != SENTENCES[1]
    await words.close()


@pytest.mark.parametrize("gap_s", [0.1, 0.24, 0.5, 0.9])
@pytest.mark.parametrize("at_s", [0.5, 0.9, 1.3])
async def test_a_line_that_stands_still_in_the_middle_of_a_word_repeats_none(
    book: tuple[SoundBook, WaveBook], gap_s: float, at_s: float
) -> None:
    words = WaveWords(book[1], RATE)
    said, at = through_codec(voice(1, 2.0)), int(at_s * RATE)
    torn = np.concatenate((said[:at], np.zeros(int(gap_s * RATE)), said[at:], np.zeros(RATE // 2)))
    text = (await heard(words, torn)).split()
    assert len(text) == len(set(text)), text
    assert [word for word in SENTENCES[1].split() if word in text] == text and len(text) >= 4
    await words.close()


async def test_what_is_said_twice_is_heard_twice(book: tuple[SoundBook, WaveBook]) -> None:
    words = WaveWords(book[1], RATE)
    said = np.concatenate((through_codec(voice(1, 2.0)), np.zeros(RATE // 4)))
    assert await heard(words, np.concatenate((said, said, np.zeros(RATE)))) == f"{SENTENCES[1]} {SENTENCES[1]}"
    await words.close()


async def test_what_nobody_has_said_has_no_words(book: tuple[SoundBook, WaveBook]) -> None:
    words = WaveWords(book[1], RATE)
    assert await heard(words, through_codec(voice(9, 2.0))) == ""
    await words.close()
