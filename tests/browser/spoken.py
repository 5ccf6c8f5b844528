"""A recorded caller at the softphone's page: answers what it shows that the agent says, until the call is over."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
from chromium import Page

from local_azure.phone.choice import Chooser
from local_azure.phone.persona import Persona, Utterance

__all__ = ["MICROPHONE", "SAID", "SOUGHT", "WIRE", "converse", "in_haste", "listening"]

WIRE = (Path(__file__).parent / "wire.js").read_text("utf-8")
"""Has a page note what comes over its socket."""
SOUGHT = (Path(__file__).parent / "sought.js").read_text("utf-8")
"""Has a page note from where it plays."""
MICROPHONE = (Path(__file__).parent / "microphone.js").read_text("utf-8") + WIRE
"""Gives a page a microphone that plays what a test says, besides."""
SAID = "[...document.querySelectorAll('.said.caller:not(.partial)')].map((one) => one.textContent).join(' | ')"
_OVER = "!!document.querySelector('form.call button.main')"
_STATES = "wire.filter((one) => one.type === 'state').map((one) => one.state)"
_ASKED = f"""(() => {{
  if ({_OVER}) return ["over", ""];
  if ({_STATES}.at(-1) !== "listening") return null;
  const words = [...document.querySelectorAll(".dialogue .said")];
  const since = words.findLastIndex((one) => one.classList.contains("caller"));
  const answers = words.slice(since + 1);
  if (answers.some((one) => one.classList.contains("partial"))) return null;
  const said = answers.map((one) => one.textContent.slice(one.textContent.indexOf(" ") + 1)).join(" ");
  return said && ["asked", said];
}})()"""
"""What the agent has said since the caller last spoke, once it listens and all of it is shown. Where an answer was
begun in vain, because the caller went on, it listens as well, and has said nothing."""
_MOST = 60
"""Answers of one call; by ear some are said again."""


def in_haste(caller: Persona) -> Persona:
    """The same caller, twice as fast: of a whole call that agents hurry through, most is the caller's."""
    said = [one.model_copy(update={"pcm": np.frombuffer(one.pcm, "<i2")[::2].tobytes()}) for one in caller.utterances]
    return caller.model_copy(update={"utterances": tuple(said)})


async def listening(tab: Page, limit_s: float = 60) -> None:
    """Wait until the agent listens."""
    await tab.until("document.querySelector('.stage')?.textContent.includes('listening')", limit_s)


async def converse(
    tab: Page, caller: Persona, speak: Callable[[Utterance], Awaitable[None]], answers: int = _MOST
) -> None:
    """Have a call to its end, or until so many answers were said and taken; ``speak`` says one."""
    chooser = Chooser(caller)
    say: Utterance | None = chooser.opening()
    said = 0
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
            said += 1
        # A busy page shows half of what was said before the rest: to show more is as good as another state.
        more = "" if say else f" || ({_ASKED} ?? ['', {json.dumps(asked)}])[1] !== {json.dumps(asked)}"
        await tab.until(f"{_STATES}.slice({before}).some((one) => one !== 'listening') || {_OVER}{more}", 60)
        if said == answers:
            return
    raise AssertionError("the call does not come to an end")


async def _heard(tab: Page) -> str:
    """What the agent has said since the caller last spoke; empty when the call is over."""
    _, said = await tab.until(_ASKED, 90)
    return said
