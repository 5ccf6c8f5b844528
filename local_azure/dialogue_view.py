"""Shows a call on the terminal while it is going on."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from local_azure.call_report import CallSummary

__all__ = ["DialogueView"]

_BLOCK_MS = 150.0
_MOST_BLOCKS = 24
_QUICK_MS, _SLOW_MS = 1000.0, 2000.0
_LABEL = 10
_REMEMBERED = 4


class DialogueView:
    """Prints each thing that is said, what the server understood of it, and how long the caller waited."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown_response = False
        self._said: list[str] = []
        """What the caller said last."""
        self._agent_name = ""

    def show(self, event: Mapping[str, Any]) -> None:
        """One event of the phone."""
        kind = event.get("event")
        if kind == "caller_said":
            self._shown_response = False
            self._said = [*self._said, str(event["text"])][-_REMEMBERED:]
            self._line("caller", str(event["text"]), "bold cyan", " (interrupts)" if event.get("interrupted") else "")
        elif kind == "agent_said":
            self._agent(event)
        elif kind == "tone":
            self._line("caller", f"[presses {event['tone']}]", "bold cyan")
        elif kind == "connected":
            self._note("connected")
        elif kind == "transferred":
            self._note(f"put through to {event['to']}")
        elif kind == "ended":
            self._note(f"the call is over ({str(event['reason']).replace('_', ' ')})")

    def understood(self, turn: Mapping[str, Any]) -> None:
        """One turn as the server has it: what it understood, which tools it asked, and whom it handed the caller to.

        What differs from what was said is yellow. It comes when the answer has been heard.
        """
        if words := str(turn.get("caller_text") or ""):
            self._line("understood", words, "dim", text_style="dim" if self._was_said(words) else "yellow")
        if tools := [str(tool) for tool in turn.get("tools") or []]:
            self._line("did", ", ".join(tools), "dim", text_style="dim")
        agent = str(turn.get("agent") or "")
        if agent and self._agent_name and agent != self._agent_name:
            self._line("hand-off", f"{self._agent_name} → {agent}", "dim", text_style="dim")
        self._agent_name = agent or self._agent_name

    def finish(self, summary: CallSummary) -> None:
        """What came of it."""
        self._console.print()
        for name, value in (
            ("call", summary.call_id),
            ("outcome", summary.outcome),
            ("claim", summary.claim_id),
            ("agents", ", ".join(summary.agents)),
        ):
            self._line(name, value or "none", "bold")
        waits = sorted(wait for turn in summary.turns if (wait := turn["response_ms"]) is not None)
        if waits:
            middle = waits[len(waits) // 2]
            self._line("waits", f"median {middle / 1000:.2f} s, longest {waits[-1] / 1000:.2f} s", "bold")
        for problem in summary.problems:
            self._line("problem", problem, "bold red")

    def _was_said(self, words: str) -> bool:
        """Is it what the caller said last, or the last things together?"""
        ends = (" ".join(self._said[-count:]) for count in range(1, len(self._said) + 1))
        lately = [*self._said, *ends]
        return words.startswith("[") or _letters(words) in map(_letters, lately)

    def _agent(self, event: Mapping[str, Any]) -> None:
        wait = event.get("response_ms")
        self._line("agent", str(event["text"]), "bold green")
        if wait is not None and not self._shown_response:
            self._shown_response = True
            color = "green" if wait < _QUICK_MS else "yellow" if wait < _SLOW_MS else "red"
            bar = "\u2587" * min(_MOST_BLOCKS, max(1, round(wait / _BLOCK_MS)))
            self._line("", f"{bar} {wait / 1000:.2f} s", "", text_style=color)

    def _note(self, text: str) -> None:
        self._line("", text, "", text_style="dim")

    def _line(self, who: str, text: str, style: str, mark: str = "", *, text_style: str = "") -> None:
        """One row; long words of a row are broken between words, under each other."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=_LABEL, justify="right", no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(who, style), Text.assemble((text, text_style), (mark, "red")))
        self._console.print(grid)


def _letters(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
