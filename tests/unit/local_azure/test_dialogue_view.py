"""``ringmaster call`` shows what was understood beside what was said."""

import asyncio
import io
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from local_azure.dialogue_view import DialogueView
from local_azure.follower import Follower


class Screen:
    """A terminal of 100 columns with colors."""

    def __init__(self) -> None:
        self.file = io.StringIO()
        self.view = DialogueView(Console(file=self.file, width=100, color_system="standard", force_terminal=True))

    def say(self, text: str) -> None:
        self.view.show({"event": "caller_said", "text": text})

    @property
    def rows(self) -> list[str]:
        return self.file.getvalue().splitlines()


def test_what_was_misheard_stands_out() -> None:
    screen = Screen()
    screen.say("My name is John Smith.")
    screen.view.understood({"caller_text": "my name is john smith", "tools": ["verify_caller"], "agent": "auth"})
    assert "understood" in screen.rows[-2] and "\x1b[33m" not in screen.rows[-2]
    assert "did" in screen.rows[-1] and "verify_caller" in screen.rows[-1]
    screen.say("four eight two one")
    screen.view.understood({"caller_text": "for eight to one", "tools": [], "agent": "fnol_intake"})
    assert "\x1b[33mfor eight to one" in screen.rows[-2]
    assert "auth → fnol_intake" in screen.rows[-1]


def test_what_is_hidden_or_was_said_in_two_breaths_is_not_misheard() -> None:
    screen = Screen()
    screen.say("it was in main street")
    screen.say("in chicago")
    screen.view.understood({"caller_text": "It was in Main Street in Chicago.", "agent": "auth"})
    screen.view.understood({"caller_text": "[hidden]", "agent": "auth"})
    assert not [row for row in screen.rows if "\x1b[33m" in row]


def test_a_letter_by_letter_answer_is_broken_between_letters() -> None:
    screen = Screen()
    screen.say(" ".join("SPELLED" * 9))
    words = [word for row in screen.rows for word in row.split() if len(word) == 1]
    assert len(words) == 63 and len(screen.rows) == 2


async def test_each_turn_of_the_server_is_told_once_and_none_is_missed() -> None:
    told: list[Any] = []
    calls: list[Mapping[str, Any] | None] = [None, {"turns": [{"index": 1, "caller_text": "", "tools": []}]}]

    async def look(connection_id: str) -> Mapping[str, Any] | None:
        return calls[min(1, len(told))]

    follower = Follower(look, told.append)
    follower.follow("")
    follower.follow("cc-1")
    turns = [{"index": 2, "caller_text": "hello"}, {"index": 3, "caller_text": "", "tools": ["end_call"]}]
    follower.note({"turns": turns[:1]})
    follower.note({"turns": turns})
    follower.note(None)
    await asyncio.wait_for(follower.close(), 5)
    assert told == turns
