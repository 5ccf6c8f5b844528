"""A call in which a person can hear what an interruption is like: a cough first, then words.

``python -m bench.interrupted_call FOLDER`` writes ``interrupted.wav`` (caller left, agent right), and the same
greeting without a cough as ``undisturbed.wav``.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from backend.testing.noises import hoarse_cough
from bench.heard_when import caller_and_agent, told
from bench.moments import house_of
from local_azure.phone.phone import Phone

__all__ = ["interrupted_call", "undisturbed_call"]

_LINE = "+18005550100"
_DOES = (
    "coughs: no words, so the agent goes on with what it was saying",
    "asks: what is my deductible",
    "breaks in: wait, I want to speak to a human right now",
)
_TITLES = {
    "interrupted": "a cough that is passed over, and words that interrupt",
    "undisturbed": "the same greeting without a cough, to compare",
}


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
    _say("two calls to the agents of this folder, the caller on the left, the agent on the right; about half a minute")
    async with house_of(folder) as house:
        for name, call, what in (
            ("interrupted", interrupted_call, _DOES),
            ("undisturbed", undisturbed_call, ()),
        ):
            wav = await call(lambda: house.azure.phones.dial(_LINE))
            (folder / f"{name}.wav").write_bytes(wav)
            caller, agent = caller_and_agent(wav)
            _say(f"{folder / name}.wav: {_TITLES[name]}")
            for line in told(caller, agent, what):
                _say(line)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        asyncio.run(_write(Path(sys.argv[1])))
    except TimeoutError:
        sys.exit("the call did not go as it should in time; is the machine busy with something else?")
