"""A phone in a LiveKit room is as far ahead of the room's clock as jitter needs, and no further."""

import asyncio

import pytest

from local_azure.livekit.mouth import Mouth

SILENCE, HISS = bytes(640), b"\x05\x00" * 320
WORDS = [bytes([number, 16]) * 320 for number in range(1, 13)]
IN_HAND, TOO_MANY = 3, 4


class Clock:
    """Moves on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mouth(clock: Clock) -> Mouth:
    return Mouth(clock)


async def sent(mouth: Mouth) -> list[bytes]:
    """All that goes to the room now."""
    frames = list[bytes]()

    async def send() -> None:
        while True:
            frames.append(await mouth.next())

    sending = asyncio.create_task(send())
    await asyncio.sleep(0)
    sending.cancel()
    return frames


async def spoken(mouth: Mouth, clock: Clock, *frames: bytes) -> list[bytes]:
    """What goes to the room while one frame is said every 20 ms."""
    gone = list[bytes]()
    for frame in frames:
        mouth.say(frame)
        gone += await sent(mouth)
        clock.now += 0.02
    return gone


async def test_what_is_said_is_sent_in_its_order(mouth: Mouth, clock: Clock) -> None:
    assert await spoken(mouth, clock, *WORDS) == WORDS


async def test_silence_puts_a_little_in_hand_once(mouth: Mouth, clock: Clock) -> None:
    assert await spoken(mouth, clock, SILENCE, HISS, SILENCE) == [SILENCE] * IN_HAND + [HISS, SILENCE]


async def test_a_little_lateness_leaves_no_hole_in_a_sound(mouth: Mouth, clock: Clock) -> None:
    await spoken(mouth, clock, SILENCE)
    ends = clock.now + (IN_HAND - 1) * 0.02
    clock.now += 0.035  # this process is late
    assert clock.now < ends
    assert await spoken(mouth, clock, *WORDS[:2]) == WORDS[:2]


async def test_a_standstill_makes_no_later_word_late(mouth: Mouth, clock: Clock) -> None:
    began = clock.now
    gone = await spoken(mouth, clock, SILENCE)
    for frame in (*WORDS[:6], *[SILENCE] * 4):  # made up for all at once
        mouth.say(frame)
    gone += await sent(mouth)
    gone += await spoken(mouth, clock, *[SILENCE] * 10, WORDS[7])
    assert gone[-1] == WORDS[7] and [frame for frame in gone if frame in WORDS] == [*WORDS[:6], WORDS[7]]
    played = round((clock.now - began) / 0.02)
    assert len(gone) - played <= TOO_MANY


async def test_no_word_is_passed_over_until_far_too_many_wait(mouth: Mouth) -> None:
    for word in WORDS:
        mouth.say(word)
    assert await sent(mouth) == WORDS[2:]


async def test_where_nothing_is_ahead_any_more_silence_is_said_longer(mouth: Mouth, clock: Clock) -> None:
    await spoken(mouth, clock, SILENCE)
    clock.now += 1.0
    assert await spoken(mouth, clock, WORDS[0], SILENCE) == [WORDS[0], *[SILENCE] * IN_HAND]
