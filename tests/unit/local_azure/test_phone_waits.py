"""A phone that waits in vain says what it heard instead."""

import numpy as np
import pytest

from local_azure.phone.phone import Phone
from local_azure.soundbook import SoundBook

LOUD = (np.sin(np.arange(320) / 5) * 8000).astype("<i2").tobytes()


@pytest.fixture
def phone() -> Phone:
    one = Phone("+14255550100", SoundBook(), None)  # pyright: ignore[reportArgumentType]
    one.connected("c1", 16_000)
    return one


async def told(phone: Phone) -> str:
    with pytest.raises(TimeoutError) as raised:
        await phone.until_silent(limit=0.01)
    return str(raised.value)


async def test_whom_nobody_answers_hears_nothing(phone: Phone) -> None:
    assert await told(phone) == "not answered within 0.01 s: connected, no sound, no words"


async def test_sounds_without_words_are_told_from_silence(phone: Phone) -> None:
    for frame in (LOUD, LOUD, None, None, None):
        phone.hear(frame)
    assert await told(phone) == "not answered within 0.01 s: connected, the last sound 60 ms ago, no words"
