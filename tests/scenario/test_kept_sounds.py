"""What the houses of a test process share of what their servers learn to say."""

from pathlib import Path

import numpy as np
import pytest
from kept_sounds import KeptSounds, kept_sounds, own_or

from backend.domain.audio import PCM_16K, PCM_24K
from backend.domain.speech import SpeechAudio, Voice
from config import load_settings
from local_azure.soundbook import SoundBook

ANNA = Voice("anna")
WORDS = "One moment, please."
SOUND = np.random.default_rng(1).normal(0, 3000, 16_000).astype("<i2").tobytes()
EVENTS = [SpeechAudio(SOUND[:7000]), SpeechAudio(SOUND[7000:])]


async def learned(kept: KeptSounds, book: SoundBook, *, sound: bytes = SOUND) -> None:
    """A server has learned the words, which the voice of its local Azure has said so."""
    book.learn(sound, WORDS, kind="agent")
    await kept.save(WORDS, ANNA, PCM_16K, EVENTS)


async def test_what_one_house_has_learned_the_next_one_says_and_its_phones_know() -> None:
    kept, first, later = KeptSounds(), SoundBook(), SoundBook()
    with kept.beside(first):
        await learned(kept, first)
    assert list(await kept.load(WORDS, ANNA, PCM_16K)) == EVENTS
    assert not await kept.load(WORDS, ANNA, PCM_24K) and not await kept.load(WORDS, Voice("bella"), PCM_16K)
    with kept.beside(later):
        found = later.find(SOUND[3000:20000], "agent")
    assert found is not None and found.text == WORDS


async def test_of_two_houses_at_once_each_knows_what_the_other_has_learned() -> None:
    kept, one, other = KeptSounds(), SoundBook(), SoundBook()
    with kept.beside(one), kept.beside(other):
        await learned(kept, one)
        assert other.find(SOUND, "agent") is not None


@pytest.mark.parametrize("said", [SOUND[:9000], SOUND[::-1]])
async def test_what_no_phone_would_know_is_not_kept(said: bytes) -> None:
    kept, book = KeptSounds(), SoundBook()
    with kept.beside(book):
        await learned(kept, book, sound=said)
    assert not await kept.load(WORDS, ANNA, PCM_16K)


async def test_what_a_house_has_said_is_not_taken_for_what_another_one_learns() -> None:
    kept, book, later = KeptSounds(), SoundBook(), SoundBook()
    with kept.beside(book):
        book.learn(SOUND, WORDS, kind="agent")
    with kept.beside(later):
        await kept.save(WORDS, ANNA, PCM_16K, EVENTS)
    assert not await kept.load(WORDS, ANNA, PCM_16K)


def test_houses_that_speak_in_another_way_share_nothing() -> None:
    assert kept_sounds("hurried") is kept_sounds("hurried") is not kept_sounds("at leisure")


def test_a_folder_that_is_set_is_used_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AZURE_SPEECH_ENDPOINT", "ws://127.0.0.1:9")
    kept = KeptSounds()
    assert own_or(kept, load_settings()) is kept
    monkeypatch.setenv("PHRASES_DIR", str(tmp_path))
    assert own_or(kept, load_settings()) is not kept
