"""Shows a call to those who can see it, and lets the caller write: looks at the conversation ten times a second.

Ten times, because people read words and not samples; and it looks on, so that nothing in a conversation waits for, or
knows of, a screen.
"""

import asyncio
import secrets
from contextvars import copy_context
from functools import partial

from backend.engine.conversation.conversation import Conversation
from backend.engine.conversation.scene import Scene
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.ports.captions import AgentState, Captioned, Captions
from backend.ports.media_link import MediaLink

__all__ = ["Captioning"]

_LOOK_S = 0.1
_LONGEST = 1000
"""Letters of one written message that are read; nobody says more at a time."""


class Captioning:
    """The captions of one call on one link.

    Args:
        link: one without captions is left alone.
    """

    def __init__(self, link: MediaLink, conversation: Conversation) -> None:
        captions = link.captions if isinstance(link, Captioned) else None
        self._conversation = conversation
        self._task: asyncio.Task[None] | None = None
        if captions is not None:
            # what a room calls back knows nothing of this call
            captions.on_written(partial(copy_context().run, self._written))
            self._task = asyncio.create_task(self._run(_Shown(captions)), name="captions")

    async def close(self) -> None:
        """Show no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, shown: "_Shown") -> None:
        try:
            while True:
                shown.look(self._conversation.scene)
                await asyncio.sleep(_LOOK_S)
        finally:
            shown.end()

    def _written(self, text: str) -> None:
        if text := " ".join(text[:_LONGEST].split()):
            self._conversation.hear_text(text)


class _Shown:
    """What has been shown, so that only what is new is."""

    def __init__(self, captions: Captions) -> None:
        self._captions = captions
        self._state: AgentState | None = None
        self._caller: dict[int, tuple[str, bool]] = {}
        self._turn: Turn | None = None
        self._answer: Answer | None = None
        self._heard = ""
        self._name = secrets.token_hex(3)
        """Of this showing: one that goes on after a break writes none of the segments of the one before on."""
        self._answers = 0

    def look(self, scene: Scene) -> None:
        """Show what is new."""
        if not self._captions.watched:
            return
        if (state := _state(scene)) != self._state:
            self._state = state
            self._captions.state(state)
        for said in scene.caller:
            if said.text and self._caller.get(said.turn) != (said.text, said.final):
                self._caller = {turn: told for turn, told in self._caller.items() if turn >= said.turn - 1}
                self._caller[said.turn] = (said.text, said.final)
                self._captions.caller(f"caller-{said.turn}", said.text, final=said.final)
        self._look_at_answer(scene)

    def end(self) -> None:
        """Nothing more will be heard."""
        self._close_answer()

    def _look_at_answer(self, scene: Scene) -> None:
        if scene.answer is not self._answer:
            self._close_answer()
            self._turn, self._answer = scene.turn, scene.answer
            self._answers += 1
        if scene.heard and scene.heard != self._heard:
            self._heard = scene.heard
            self._captions.agent(self._segment, scene.heard, final=False)

    @property
    def _segment(self) -> str:
        return f"agent-{self._name}-{self._answers}"

    def _close_answer(self) -> None:
        """An answer is over: what was heard of it stands in its turn."""
        if self._turn is not None and self._heard:
            settled = " ".join(passage.heard for passage in self._turn.passages() if passage.heard)
            longer = settled if settled.startswith(self._heard) else self._heard
            self._captions.agent(self._segment, longer, final=True)
        self._turn, self._answer, self._heard = None, None, ""


def _state(scene: Scene) -> AgentState:
    if scene.floor == "leaving":
        return "speaking" if scene.audible else "thinking"
    return scene.floor
