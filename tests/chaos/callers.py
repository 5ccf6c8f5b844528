"""Callers of the drills: they dial, say a line, and listen."""

import asyncio
import time

from troupe import LINE, Troupe

from local_azure.phone.phone import Phone

__all__ = ["dial", "gone", "hear", "say", "sounded"]


async def dial(stage: Troupe, limit_s: float = 60.0) -> Phone:
    """Call the line, and hear its greeting out."""
    phone = stage.azure.phones.dial(LINE)
    await phone.until_connected(limit_s)
    await phone.until_answered("How can I help you", limit_s)
    return phone


async def say(phone: Phone, line: str, answer: str, limit_s: float = 60.0) -> None:
    """Say a line once the agent has finished, and hear some words in answer."""
    await phone.until_silent(600, limit=limit_s)
    await phone.say_text(line)
    await hear(phone, answer, limit_s)


async def hear(phone: Phone, words: str, limit_s: float = 60.0) -> None:
    """Wait for words.

    Raises:
        AssertionError: the call ended without them.
    """
    await phone.until(lambda: words in phone.heard or phone.state == "ended", limit_s)
    assert words in phone.heard, f"expected {words!r}, heard {phone.heard[-200:]!r}"


async def sounded(phone: Phone, limit_s: float) -> float:
    """Seconds until the agent makes a sound, from now on; ``limit_s`` when there was none."""
    began = time.monotonic()
    await asyncio.sleep(0.1)  # what was on its way
    while time.monotonic() - began < limit_s:
        if phone.state == "ended":
            break
        if phone.silent_ms < 40:
            return time.monotonic() - began
        await asyncio.sleep(0.01)
    return limit_s


async def gone(phone: Phone, limit_s: float = 60.0) -> None:
    """Hang up and be sure of it."""
    phone.hang_up()
    await phone.until_ended(limit_s)
