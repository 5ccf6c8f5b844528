"""A call in which a person can hear what an interruption is like: a cough first, then words.

``python -m backend.bench.interrupted_call FOLDER`` writes ``interrupted.wav`` (caller left, agent right), and the same
greeting without a cough as ``undisturbed.wav``.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from backend.bench.moments import house_of
from backend.emulator.phone.phone import Phone
from backend.testing.noises import hoarse_cough

__all__ = ["interrupted_call", "undisturbed_call"]

_LINE = "+18005550100"


async def interrupted_call(dial: Callable[[], Phone]) -> bytes:
    """Cough into the greeting, which goes on; ask; then break into the answer, which stops. Gives a stereo WAV file."""
    phone = dial()
    await phone.until_connected()
    await phone.until_heard("calling", 20)
    await phone.say(hoarse_cough(), "", sample_rate=16_000)
    await phone.until_silent(1500, limit=30)
    before = phone.heard
    await phone.say_text("what is my deductible")
    await phone.until(lambda: len(phone.heard) > len(before) + 8, 20)
    await phone.say_text("wait i want to speak to a human right now")
    await phone.until_silent(1200, limit=30)
    phone.hang_up()
    return phone.recording()


async def undisturbed_call(dial: Callable[[], Phone]) -> bytes:
    """The greeting as it is when nobody disturbs it."""
    phone = dial()
    await phone.until_connected()
    await phone.until_heard("today", 20)
    await phone.until_silent(1000, limit=30)
    phone.hang_up()
    return phone.recording()


async def _write(folder: Path) -> None:
    async with house_of(folder) as house:
        calls = {"interrupted": interrupted_call, "undisturbed": undisturbed_call}
        for name, call in calls.items():
            wav = await call(lambda: house.azure.phones.dial(_LINE))
            (folder / f"{name}.wav").write_bytes(wav)
            sys.stdout.write(f"{folder / name}.wav\n")


if __name__ == "__main__":
    asyncio.run(_write(Path(sys.argv[1])))
