"""Shows a call on the terminal while it is going on."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from local_azure.call_report import CallSummary

__all__ = ["DialogueView"]

_BLOCK_MS = 150.0
_MOST_BLOCKS = 24
_QUICK_MS, _SLOW_MS = 1000.0, 2000.0


class DialogueView:
    """Prints each thing that is said, and how long the caller waited for it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown_response = False

    def show(self, event: Mapping[str, Any]) -> None:
        """One event of the phone."""
        kind = event.get("event")
        if kind == "caller_said":
            self._shown_response = False
            self._line("caller", str(event["text"]), "cyan", " (interrupts)" if event.get("interrupted") else "")
        elif kind == "agent_said":
            self._agent(event)
        elif kind == "tone":
            self._line("caller", f"[presses {event['tone']}]", "cyan")
        elif kind == "connected":
            self._note("connected")
        elif kind == "transferred":
            self._note(f"put through to {event['to']}")
        elif kind == "ended":
            self._note(f"the call is over ({str(event['reason']).replace('_', ' ')})")

    def finish(self, summary: CallSummary) -> None:
        """What came of it."""
        self._console.print()
        for name, value in (
            ("call", summary.call_id),
            ("outcome", summary.outcome),
            ("claim", summary.claim_id),
            ("agents", ", ".join(summary.agents)),
        ):
            self._console.print(Text.assemble((f"{name:>8}  ", "bold"), value or "none"))
        waits = sorted(wait for turn in summary.turns if (wait := turn["response_ms"]) is not None)
        if waits:
            middle = waits[len(waits) // 2]
            self._console.print(
                Text.assemble(("   waits  ", "bold"), f"median {middle / 1000:.2f} s, longest {waits[-1] / 1000:.2f} s")
            )
        for problem in summary.problems:
            self._console.print(Text.assemble((" problem  ", "bold red"), problem))

    def _agent(self, event: Mapping[str, Any]) -> None:
        wait = event.get("response_ms")
        self._line("agent", str(event["text"]), "green")
        if wait is not None and not self._shown_response:
            self._shown_response = True
            color = "green" if wait < _QUICK_MS else "yellow" if wait < _SLOW_MS else "red"
            bar = "\u2587" * min(_MOST_BLOCKS, max(1, round(wait / _BLOCK_MS)))
            self._console.print(Text.assemble(" " * 10, (f"{bar} {wait / 1000:.2f} s", color)))

    def _line(self, who: str, text: str, color: str, mark: str = "") -> None:
        self._console.print(Text.assemble((f"{who:>8}  ", f"bold {color}"), text, (mark, "red")))

    def _note(self, text: str) -> None:
        self._console.print(Text(f"{'':10}{text}", "dim"))
