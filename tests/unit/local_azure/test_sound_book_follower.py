"""Following a stream against the book of sounds."""

import random
import struct

from local_azure.latency import latency
from local_azure.soundbook import SoundBook, SpokenWord, spread_words
from local_azure.speech.engine import HeardEvent, Phrase, RecognitionRequest
from local_azure.speech.scripted import ScriptedRecognizer


def noise(seed: int, milliseconds: int) -> bytes:
    chance = random.Random(seed)
    return b"".join(struct.pack("<h", chance.randrange(-9000, 9000)) for _ in range(16 * milliseconds))


def quiet(milliseconds: int) -> bytes:
    return bytes(32 * milliseconds)


def learned(*sounds: tuple[bytes, str]) -> SoundBook:
    book = SoundBook()
    for pcm, text in sounds:
        book.learn(pcm, text, spread_words(pcm, text), "caller", 16_000)
    return book


def test_a_sound_that_has_just_begun_survives_the_end_of_the_utterance_before_it() -> None:
    first, second = noise(1, 800), noise(2, 800)
    follower = learned((first, "four eight"), (second, "two one")).follow("caller")
    follower.feed(first + quiet(500) + second[: 32 * 200])
    follower.forget()
    follower.feed(second[32 * 200 :])
    assert [word.text for word in follower.words()] == ["four", "eight", "two", "one"]
    follower.skip(32 * 3000)
    follower.forget()
    assert follower.words() == []


def test_the_shortest_word_is_found() -> None:
    sounds = [(noise(seed, 100), f"word{seed}") for seed in range(1000, 1200)]
    book = learned(*sounds)
    found = ["".join(word.text for word in book.follow("caller").feed(pcm).words()) for pcm, _ in sounds]
    assert found == [text for _, text in sounds]


async def test_no_pause_loses_a_word_or_gives_it_twice() -> None:
    first, second = noise(1, 500), noise(2, 700)
    recognizer = ScriptedRecognizer(learned((first, "four eight"), (second, "two one six")), lambda: latency("none"))
    for pause in range(300, 800, 20):
        heard: list[HeardEvent] = []
        listener = recognizer.listen(RecognitionRequest(silence_ms=500), heard.append)
        pcm = quiet(200) + first + quiet(pause) + second + quiet(900)
        for at in range(0, len(pcm), 640):
            listener.feed(pcm[at : at + 640])
        await listener.finish()
        phrases = [event.text for event in heard if isinstance(event, Phrase)]
        assert " ".join(phrases) == "four eight two one six"
        assert len(phrases) == (1 if pause < 500 else 2)


def test_a_last_word_with_silence_counted_in_is_heard_when_the_next_sound_follows_at_once() -> None:
    first, second = noise(11, 260), noise(12, 700)
    book = SoundBook()
    book.learn(first + quiet(200), "was it", (SpokenWord("was", 0, 160), SpokenWord("it", 160, 460)), "agent", 16_000)
    book.learn(second, "please say", spread_words(second, "please say"), "agent", 16_000)
    heard = book.follow("agent").feed(first + second).words()
    assert [word.text for word in heard] == ["was", "it", "please", "say"]


def test_a_gap_in_the_stream_gives_no_word_twice_and_loses_none() -> None:
    spoken = noise(21, 1600)
    text = "the last four digits of your social security number"
    book = learned((spoken, text))
    for gap in (20, 40, 60, 300):
        for at in range(20, 1600, 20):
            pcm = spoken[: 32 * at] + quiet(gap) + spoken[32 * at :]
            heard = book.follow("caller").feed(pcm).words()
            assert " ".join(word.text for word in heard) == text, f"{gap} ms after {at} ms"


def test_what_is_said_again_is_heard_again() -> None:
    spoken = noise(22, 1200)
    book = learned((spoken, "one two three four"))
    heard = book.follow("caller").feed(spoken[: 32 * 600] + quiet(200) + spoken[32 * 300 :]).words()
    assert [word.text for word in heard] == ["one", "two", "two", "three", "four"]
    heard = book.follow("caller").feed(spoken + quiet(200) + spoken).words()
    assert [word.text for word in heard] == ["one", "two", "three", "four"] * 2


def test_a_beginning_that_many_sentences_share_is_heard_once() -> None:
    please = noise(1, 300)
    sounds = [(please + noise(seed, 300 + 37 * seed), f"please word{seed} and more") for seed in range(2, 14)]
    book = learned(*sounds)
    for pcm, text in sounds:
        follower = book.follow("caller")
        for at in range(0, len(pcm), 640):
            heard = [word.text for word in follower.feed(pcm[at : at + 640]).words()]
            assert heard.count("please") <= 1
        assert " ".join(heard) == text


def test_a_book_that_includes_another_finds_what_that_one_has_learned_and_forgets_it_alone() -> None:
    first, second = noise(1, 800), noise(2, 800)
    other, book = SoundBook(), SoundBook(max_anchors=150)
    other.learn(first, "one two", kind="agent")
    told: list[object] = []
    book.listeners.append(told.append)
    book.include(other)
    book.include(other)
    found = book.find(first)
    assert found is not None and (found.text, found.kind) == ("one two", "agent")
    assert told == []
    book.learn(second, "three")
    assert book.find(first) is None and book.find(second) is not None
    assert other.find(first) is not None
