"""A recorded caller at the softphone's page: answers what it shows that the agent says, until the call is over."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from chromium import Page

from local_azure.phone.choice import Chooser
from local_azure.phone.persona import Persona, Utterance

__all__ = ["MICROPHONE", "SAID", "WIRE", "converse", "listening"]

WIRE = (Path(__file__).parent / "wire.js").read_text("utf-8")
"""Has a page note what comes over its socket."""
MICROPHONE = (Path(__file__).parent / "microphone.js").read_text("utf-8") + WIRE
"""Gives a page a microphone that plays what a test says, besides."""
SAID = "[...document.querySelectorAll('.said.caller:not(.partial)')].map((one) => one.textContent).join(' | ')"
_WORDS = "[...document.querySelectorAll('.dialogue .said')].map((one) => [one.classList[1], one.textContent])"
_OVER = "!!document.querySelector('form.call button.main')"
_STATES = "wire.filter((one) => one.type === 'state').map((one) => one.state)"
_MOST = 60
"""Answers of one call; by ear some are said again."""


async def listening(tab: Page, limit_s: float = 60) -> None:
    """Wait until the agent listens."""
    await tab.until("document.querySelector('.stage')?.textContent.includes('listening')", limit_s)


async def converse(tab: Page, caller: Persona, speak: Callable[[Utterance], Awaitable[None]]) -> None:
    """Have a call to its end; ``speak`` says one answer."""
    chooser = Chooser(caller)
    say: Utterance | None = chooser.opening()
    for _ in range(_MOST):
        asked = await _heard(tab)
        if not asked:
            return
        if chooser.used:
            say = chooser.choose(asked).utterance
        before = await tab.value(f"{_STATES}.length")
        if say is not None:  # what asks for nothing is waited out
            chooser.said(say)
            await speak(say)
        await tab.until(f"{_STATES}.slice({before}).some((one) => one !== 'listening') || {_OVER}", 60)
    raise AssertionError("the call does not come to an end")


async def _heard(tab: Page) -> str:
    """What the agent has said since the caller last spoke, once it listens; empty when the call is over."""
    await tab.until(f"{_STATES}.at(-1) === 'listening' || {_OVER}", 60)
    if await tab.value(_OVER):
        return ""
    words = await tab.value(_WORDS)
    since = max((at for at, (who, _) in enumerate(words) if who == "caller"), default=-1)
    return " ".join(text.partition(" ")[2] for _, text in words[since + 1 :])
