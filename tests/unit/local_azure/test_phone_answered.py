"""What the owner of a phone waits for: that the agent has said something, to its end."""

import asyncio

import pytest

from local_azure.phone.phone import Phone
from local_azure.soundbook import SoundBook
from local_azure.state import EmulatorState
from local_azure.voices import Voices

VOICE = (b"\x00\x10\x00\xf0") * 160


class Words:
    """A ``WordSource`` to which somebody says what has been heard."""

    def __init__(self) -> None:
        self.fresh = ""

    @property
    def pending(self) -> bool:
        return False

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None: ...

    def peek(self) -> str:
        return self.fresh

    def take(self) -> str:
        words, self.fresh = self.fresh, ""
        return words

    async def caught_up(self) -> None: ...

    async def close(self) -> None: ...


class Line:
    """A phone in a call, and its network."""

    def __init__(self) -> None:
        self.words = Words()
        self.phone = Phone("+1", SoundBook(), Voices(EmulatorState()), words=lambda _: self.words)
        self.phone.connected("c1", 16_000)

    async def silent(self, seconds: float) -> None:
        for _ in range(round(seconds * 50)):
            self.phone.hear(None)
            await asyncio.sleep(0)

    async def says(self, words: str) -> None:
        """The agent does, in a second."""
        self.words.fresh = words
        for _ in range(50):
            self.phone.hear(VOICE)
            await asyncio.sleep(0)


async def test_an_answer_has_come_to_its_end_with_what_was_waited_for() -> None:
    line = Line()
    waiting = asyncio.create_task(line.phone.until_answered("Hurt"))
    await line.says("One moment, please.")
    await line.silent(2)
    assert not waiting.done(), "to be told to wait is no answer"
    await line.says("Is anyone hurt,")
    await line.silent(0.5)
    await line.says("and are you in a safe place?")
    assert not waiting.done(), "a short silence is no end"
    await line.silent(1)
    await waiting
    with pytest.raises(TimeoutError, match=r"expected 'zip', heard 'One moment, please. Is anyone hurt"):
        await line.phone.until_answered("zip", 0)


async def test_a_call_that_is_over_is_waited_for_no_longer() -> None:
    line = Line()
    waiting = asyncio.create_task(line.phone.until_answered("hurt"))
    await line.says("Goodbye.")
    line.phone.ended("far_end")
    with pytest.raises(TimeoutError, match=r"expected 'hurt', the call ended with 'Goodbye.'"):
        await waiting
    await line.phone.until_answered("goodbye")  # the last words are
