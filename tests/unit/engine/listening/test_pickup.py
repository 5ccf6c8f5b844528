"""Person or machine: words, beeps and long greetings, and what must not be taken for them."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.audio import PCM_16K
from backend.engine.listening.beep import BeepDetector
from backend.engine.listening.pickup import Pickup
from backend.engine.listening.voice_activity import VoiceActivity
from backend.language.en.answering import is_greeting, sounds_like_machine, sounds_like_person
from backend.testing.caller import QUIET, VOICED, voiced
from backend.testing.virtual_time import run_virtual

FRAME = 320


def tone(*hz: float, ms: int = 300, level: float = 4000) -> bytes:
    at = np.arange(16 * ms) / 16_000
    wave = sum(np.sin(2 * np.pi * one * at) for one in hz) * level / len(hz)
    return np.asarray(wave, np.int16).tobytes()


def sweep(first: float, last: float, ms: int = 600) -> bytes:
    at = np.arange(16 * ms) / 16_000
    hz = np.linspace(first, last, at.size)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(hz) / 16_000) * 4000, np.int16).tobytes()


def beeps(pcm: bytes) -> int:
    detector = BeepDetector(PCM_16K)
    return sum(detector.hear(pcm[at : at + FRAME * 2]) for at in range(0, len(pcm), FRAME * 2))


@pytest.mark.parametrize("hz", [800, 950, 1000, 1234, 1400, 1500])
@pytest.mark.parametrize("ms", [200, 500, 1000])
def test_a_beep_is_one(hz: float, ms: int) -> None:
    assert beeps(bytes(FRAME * 10) + tone(hz, ms=ms) + bytes(FRAME * 10)) == 1


@pytest.mark.parametrize(
    "pcm",
    [
        tone(440, ms=2000),
        tone(440, 480, ms=2000),  # ring-back
        tone(350, 440, ms=2000),  # dial tone
        tone(941, 1336, ms=500),  # the key 0
        tone(852, 1477, ms=500),  # the key 9
        tone(1000, ms=100),
        tone(2500, ms=1000),
        tone(1000, ms=500, level=150),
        sweep(600, 1600),
        sweep(1500, 800),
        bytes(FRAME * 100),
    ],
)
def test_other_tones_are_none(pcm: bytes) -> None:
    assert beeps(pcm) == 0


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(200, 20_000))
def test_noise_is_no_beep(seed: int, level: float) -> None:
    noise = np.random.default_rng(seed).normal(0, level, 16_000).clip(-32_000, 32_000)
    assert beeps(noise.astype(np.int16).tobytes()) == 0


@settings(max_examples=50, deadline=None)
@given(st.floats(85, 300), st.integers(3, 12))
def test_a_vowel_is_no_beep(pitch: float, partials: int) -> None:
    at = np.arange(16_000) / 16_000
    wave = sum(np.sin(2 * np.pi * pitch * n * at) / n for n in range(1, partials + 1))
    assert beeps(np.asarray(wave * 5000, np.int16).tobytes()) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Hi, you've reached Anna. Leave a message after the beep.",
        "the person you are trying to reach is not available at the tone please record your message",
        "welcome to the voicemail of five five five",
        "we can't take your call right now but we will get back to you as soon as possible",
        "the mailbox is full",
        "please leave your name and number",
    ],
)
def test_words_of_a_machine(text: str) -> None:
    assert sounds_like_machine(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Hello, this is Anna Kovacs speaking, who is this please?",
        "You've reached Miller and Sons, how can I help you?",
        "he is not available right now, would you like to leave a message?",
        "can I take a message",
        "I can't talk, call me back",
        "good morning this is the office of doctor margaret thompson in oak park what can i do for you today",
        "I left you a message yesterday",
        "she's not here",
        "",
    ],
)
def test_words_of_a_person(text: str) -> None:
    assert not sounds_like_machine(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how may I help you", True),
        ("Anna speaking", True),
        ("who's this", True),
        ("we are closed", False),
    ],
)
def test_who_waits_for_an_answer_is_a_person(text: str, expected: bool) -> None:
    assert sounds_like_person(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hello?", True), ("yes who is this", True), ("wrong number", False), ("stop calling", False), ("", True)],
)
def test_greetings(text: str, expected: bool) -> None:
    assert is_greeting(text) is expected


async def picked_up(
    pieces: Sequence[tuple[bool, int]], words: str = "", seconds: float = 20, final_ms: int | None = None
) -> tuple[str, float, int]:
    """Who answered, when that was known, how often a machine was reported. Pieces: voiced or not, for so many ms.

    Args:
        final_ms: when the final with the words comes; else they are a partial in the middle.
    """
    machines: list[None] = []
    activity = VoiceActivity(voiced)
    pickup = Pickup(PCM_16K, activity, ["en-US", "es-US"], lambda: machines.append(None))
    loop = asyncio.get_running_loop()
    began, frames = loop.time(), [VOICED if v else QUIET for v, ms in pieces for _ in range(ms // 20)]

    async def feed() -> None:
        for number in range(int(seconds * 50)):
            pcm = frames[number] if number < len(frames) else QUIET
            activity.feed(pcm)
            pickup.hear(pcm)
            if words and number == (len(frames) // 2 if final_ms is None else final_ms // 20):
                pickup.recognized(words, final=final_ms is not None)
            await asyncio.sleep(0.02)

    feeding = asyncio.create_task(feed())
    who = await pickup.wait()
    known = loop.time() - began
    await feeding
    return who, known, len(machines)


def test_a_hello_is_let_finish() -> None:
    who, known, machines = run_virtual(picked_up([(False, 400), (True, 600)]))
    assert (who, machines) == ("person", 0)
    assert 1.4 < known < 1.9


def test_nobody_waits_long_for_a_hello() -> None:
    who, known, _ = run_virtual(picked_up([]))
    assert who == "person"
    assert 1.9 < known < 2.1


def test_who_speaks_on_and_on_is_a_machine() -> None:
    assert run_virtual(picked_up([(False, 300), (True, 9000)]))[0] == "machine"
    breaths = [(True, 1500), (False, 300), (True, 1500), (False, 400), (True, 3000)]
    assert run_virtual(picked_up(breaths))[0] == "machine"


def test_words_tell_a_machine_that_pauses() -> None:
    who, _, machines = run_virtual(
        picked_up([(True, 1000), (False, 900), (True, 4000)], "please leave a message after the tone")
    )
    assert who == "person"
    assert machines == 1


def test_the_words_of_a_long_first_sentence_are_waited_for() -> None:
    sentence = [(True, 2400), (False, 3000)]
    words = "the person you have called is not available"
    who, known, machines = run_virtual(picked_up(sentence, words, final_ms=3400))  # the recognizer is a second late
    assert (who, machines) == ("machine", 1) and 3.3 < known < 3.5
    who, known, _ = run_virtual(picked_up(sentence, "this is the miller residence in springfield", final_ms=3400))
    assert who == "person" and 3.3 < known < 3.5
    who, known, _ = run_virtual(picked_up(sentence, "this is anna speaking", final_ms=2800))
    assert who == "person" and 2.9 < known < 3.1, "known in time: nobody waits"
    who, known, _ = run_virtual(picked_up(sentence))
    assert who == "person" and 3.8 < known < 4.0, "no recognizer keeps anybody in silence"


def test_a_beep_is_waited_for_behind_long_speech_whose_words_say_nothing() -> None:
    garbled = "look at us and you have a cult"
    speech = [(True, 3600), (False, 1200), (True, 2000)]
    who, known, _ = run_virtual(picked_up(speech, garbled, final_ms=4300))
    assert who == "person" and known > 6.8, "who goes on is not spoken into"
    who, known, _ = run_virtual(picked_up([(True, 3600)], garbled, final_ms=4300))
    assert who == "person" and 5.0 < known < 5.2
    who, known, _ = run_virtual(picked_up([(True, 3600)], "this is anna speaking", final_ms=4000))
    assert who == "person" and 4.1 < known < 4.3


def test_a_long_hello_that_asks_is_a_person() -> None:
    words = "thank you for calling the office of doctor thompson how can i help you"
    assert run_virtual(picked_up([(True, 6500)], words))[::2] == ("person", 0)


@settings(max_examples=60, deadline=None)
@given(
    begins=st.integers(0, 1800),
    pieces=st.lists(st.tuples(st.integers(200, 2000), st.integers(20, 480)), min_size=1, max_size=4),
)
def test_no_hello_of_less_than_four_seconds_is_a_machine(begins: int, pieces: list[tuple[int, int]]) -> None:
    spoken = [piece for speech, pause in pieces for piece in ((True, speech), (False, pause))]
    if sum(ms for _, ms in spoken) > 4500:
        return
    assert run_virtual(picked_up([(False, begins), *spoken], seconds=8))[::2] == ("person", 0)
