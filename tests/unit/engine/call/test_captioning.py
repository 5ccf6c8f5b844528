"""A call is shown in segments, each of which has a name of its own, whatever breaks."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from backend.engine.call.captioning import Captioning
from backend.engine.conversation.scene import Said, Scene
from backend.ports.captions import AgentState


class Screen:
    """Keeps what it was to show, by segment."""

    watched = True

    def __init__(self) -> None:
        self.agents: dict[str, str] = {}
        self.callers: dict[str, str] = {}
        self.new = asyncio.Event()

    @property
    def captions(self) -> "Screen":
        return self

    def state(self, state: AgentState) -> None: ...

    def caller(self, segment: str, text: str, *, final: bool) -> None:
        self.callers[segment] = text

    def agent(self, segment: str, text: str, *, final: bool) -> None:
        self.agents[segment] = text
        self.new.set()

    def on_written(self, told: Callable[[str], None]) -> None: ...


def scene(heard: str, *, turn: int, caller: str) -> Scene:
    """The agent speaks in answer to the caller."""
    said: Any = SimpleNamespace(passages=lambda: [SimpleNamespace(heard=heard)])
    return Scene("speaking", True, (Said(turn, caller, final=True),), said, object(), heard)  # pyright: ignore


async def shown(screen: Screen, now: Scene) -> None:
    """Show a conversation in which it is so, from the beginning of a link to its end."""
    conversation: Any = SimpleNamespace(scene=now, hear_text=lambda _: None)
    captioning = Captioning(screen, conversation)  # pyright: ignore[reportArgumentType]
    screen.new.clear()
    await screen.new.wait()
    await captioning.close()


async def test_what_is_said_after_a_break_does_not_take_the_place_of_what_was_said_before() -> None:
    screen = Screen()
    await shown(screen, scene("Thank you for calling.", turn=1, caller="hello"))
    await shown(screen, scene("I am back.", turn=2, caller="are you there"))
    assert list(screen.agents.values()) == ["Thank you for calling.", "I am back."]
    assert list(screen.callers.values()) == ["hello", "are you there"]


async def test_what_the_caller_said_last_is_not_shown_twice_after_a_break() -> None:
    screen = Screen()
    await shown(screen, scene("One moment.", turn=1, caller="hello"))
    await shown(screen, scene("I am back.", turn=1, caller="hello"))
    assert list(screen.callers.values()) == ["hello"]
