"""What somebody waits for is sent in small pieces, and only that."""

import os
import wave
from contextlib import suppress
from pathlib import Path

import pytest

from backend.adapters.speech.audibility import Audibility
from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.haste import Haste
from backend.domain.audio import FRAME_MS, PCM_16K

PERSONAS = sorted(Path("tests/personas").glob("*/*.wav"))
SILENCE_MS = 500


def limits(pattern: str, haste: Haste | None = None) -> list[int]:
    """What is allowed for each frame: ``x`` is audible, anything else is not."""
    haste, quiet, found = haste or Haste(SILENCE_MS), 0, list[int]()
    for letter in pattern:
        quiet = 0 if letter == "x" else quiet + FRAME_MS
        found.append(haste.within_ms(FRAME_MS, quiet))
    return found


def test_the_first_second_of_an_utterance_goes_soon_and_then_it_is_gathered() -> None:
    words = ("x" * 20 + "-") * 6
    assert {limit for limit, letter in zip(limits(words), words, strict=True) if letter == "-"} == {40}
    assert limits(words)[:50] == [40] * 50
    assert limits(words)[60:62] == [100, 100]


def test_what_follows_the_last_word_goes_soon_and_so_does_the_end_of_the_silence() -> None:
    after = limits("x" * 10 + "-" * 60)[10:]
    assert after[:15] == [40] * 15
    assert after[15:21] == [100] * 6
    assert after[22:39] == [40] * 17
    assert after[40:] == [100] * 20


def test_a_final_that_has_come_is_not_waited_for() -> None:
    haste = Haste(SILENCE_MS)
    limits("x" * 10 + "-" * 25, haste)
    haste.answered()
    assert haste.within_ms(FRAME_MS, 520) == 200


def test_in_a_noise_without_pauses_nothing_is_gathered_since_its_words_may_end_at_any_moment() -> None:
    assert limits("x" * 300)[80:] == [40] * 220


def test_silence_before_any_word_is_gathered() -> None:
    assert set(limits("-" * 100)) == {200}


def test_a_caller_who_is_quieter_than_our_measure_never_waits_again() -> None:
    haste = Haste(SILENCE_MS)
    assert set(limits("-" * 200, haste)) == {200}
    haste.heard_words(quiet_ms=4000)
    assert set(limits("-" * 200, haste)) == {40}


def test_words_that_come_a_little_late_are_of_no_quiet_caller() -> None:
    haste = Haste(SILENCE_MS)
    limits("x" * 10 + "-" * 100, haste)
    haste.heard_words(quiet_ms=2000)
    haste.answered()
    assert haste.within_ms(FRAME_MS, 2500) == 200


def frames_of(recording: Path) -> list[bytes]:
    """Of a recorded caller, and two seconds of silence after them."""
    with wave.open(str(recording)) as file:
        pcm = file.readframes(file.getnframes()) + bytes(PCM_16K.frame_bytes * 100)
    return [pcm[at : at + 640] for at in range(0, len(pcm) - 639, 640)]


@pytest.mark.parametrize("recording", PERSONAS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sample_of_a_recorded_caller_is_sent_and_no_last_word_later_than_after_40_ms(recording: Path) -> None:
    """What reaches the recognizer is what it was before, so it understands the same; only the pieces differ."""
    audibility, haste, source = Audibility(PCM_16K), Haste(SILENCE_MS), AudioSource(PCM_16K)
    out_of, sent, frames = source.open(), b"", frames_of(recording)
    os.set_blocking(out_of, False)
    last_word = behind_after_it = 0
    for index, frame in enumerate(frames):
        if audibility.hear(frame):
            last_word = index
        source.write(frame, within_ms=haste.within_ms(FRAME_MS, audibility.quiet_ms))
        with suppress(BlockingIOError):
            sent += os.read(out_of, 64 * 1024)
        if index == last_word + 2:
            behind_after_it = (last_word + 1) * 640 - len(sent)
    source.close()
    whole = b"".join(frames)
    assert sent == whole[: len(sent)]
    assert len(whole) - len(sent) < 200 * PCM_16K.bytes_per_ms
    assert behind_after_it <= 0
