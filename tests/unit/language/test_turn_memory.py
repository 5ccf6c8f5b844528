"""What was read is remembered in its turn, and nowhere else."""

import asyncio
import threading
from contextvars import Context
from datetime import datetime
from typing import Any

import pytest

from backend.language.asked import Asked, Choice
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.reader_language import ReaderLanguage
from backend.language.reading import Reading, sure
from backend.language.turn_memory import TurnMemory, current_memory, remembered, remembered_list, turn_memory
from backend.language.words import words_of

NOW = datetime(2026, 11, 28, 12)
DAY = Asked("date", NOW, past=True)
SEEN: list[tuple[Any, ...]] = []
"""What was read anew."""


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    SEEN.clear()


@remembered
def length(text: str, *, twice: bool = False) -> int:
    SEEN.append((text, twice))
    return len(text) * (1 + twice)


@remembered_list
def letters(text: str) -> list[str]:
    SEEN.append((text,))
    return [*text]


def test_the_same_words_are_read_once_a_turn_and_each_time_outside_of_one() -> None:
    assert [length("a b"), length("a b")] == [3, 3]
    assert len(SEEN) == 2
    with turn_memory():
        assert [length("a b"), length("a b"), length("a b", twice=True), length("a b", twice=True)] == [3, 3, 6, 6]
    assert SEEN[2:] == [("a b", False), ("a b", True)]
    with turn_memory():
        assert length("a b") == 3
    assert len(SEEN) == 5


def test_a_list_is_each_time_another() -> None:
    with turn_memory():
        letters("ab").clear()
        assert letters("ab") == ["a", "b"]
    assert SEEN == [("ab",)]


def test_nothing_is_kept_when_the_turn_is_over_not_even_for_a_task_that_goes_on() -> None:
    async def story() -> None:
        over = asyncio.Event()

        async def left_behind() -> TurnMemory | None:
            await over.wait()
            length("a b")
            length("a b")
            return current_memory()

        with turn_memory():
            length("a b")
            task = asyncio.create_task(left_behind())
        assert current_memory() is None
        over.set()
        memory = await task
        assert memory is not None
        memory.keep("a b", 3)
        assert memory.kept is None

    asyncio.run(story())
    assert len(SEEN) == 3


def test_what_fails_closes_it_too() -> None:
    with pytest.raises(ValueError, match="taken back"), turn_memory():
        raise ValueError("taken back")
    assert current_memory() is None


def test_two_turns_at_once_share_nothing_and_a_thread_of_nobody_has_none() -> None:
    async def turn() -> TurnMemory | None:
        with turn_memory():
            length("a b")
            await asyncio.sleep(0)
            length("a b")
            return current_memory()

    async def both() -> None:
        one, other = await asyncio.gather(turn(), turn())
        assert one is not other

    asyncio.run(both())
    assert len(SEEN) == 2
    with turn_memory():
        found: list[TurnMemory | None] = []
        thread = threading.Thread(target=Context().run, args=(lambda: found.append(current_memory()),))
        thread.start()
        thread.join()
    assert found == [None]


def test_it_shows_nothing_of_what_was_said() -> None:
    with turn_memory():
        length("my secret")
        memory = current_memory()
        assert "secret" not in f"{memory!r} {memory}"


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("yesterday", Asked("date", datetime(2026, 11, 20, 12), past=True)),  # another day is another yesterday
        ("yesterday", Asked("time", NOW, past=True)),
        ("may fifth", Asked("date", NOW, future=True)),
        ("may fifth", Asked("date", NOW, region="GB", past=True)),
        ("the third", Asked("choice", NOW, choices=(Choice("c", ("the third",)),))),
    ],
)
def test_another_question_has_its_own_reading(words: str, other: Asked) -> None:
    language = language_named("en-US")
    plain = [language.read(words, asked) for asked in (DAY, other)]
    with turn_memory():
        kept = [language.read(words, asked) for asked in (DAY, other, DAY, other)]
    assert kept == [*plain, *plain]


def test_the_same_question_is_read_once_by_each_language() -> None:
    one, other = ReaderLanguage("xx", {"date": reads_lists}), ReaderLanguage("xx", {"date": reads_none})
    with turn_memory():
        one.read("a b", DAY).value.clear()
        assert one.read("a b", DAY) == sure(["a", "b"])
        assert one.read("a b", Asked("date", NOW, past=True)) == sure(["a", "b"])
        assert other.read("a b", DAY).value is None
    assert SEEN == [("a b",)]


def reads_lists(words: str, _asked: Asked) -> Reading:
    SEEN.append((words,))
    return sure(words.split())


def reads_none(_words: str, _asked: Asked) -> Reading:
    return Reading("ask")


def test_words_and_consent_are_what_they_are_without_it() -> None:
    short = {"it's": "it is"}
    said, question = "It's yes, 5:30", "Was it at 5:30?"
    plain = (words_of(said), words_of(said, short), consent_in("en", said), consent_in("en", said, asked=question))
    with turn_memory():
        for _ in range(2):
            assert (
                words_of(said),
                words_of(said, short),
                consent_in("en", said),
                consent_in("en", said, asked=question),
            ) == plain
