"""Shows the events of a softphone's call (docs/softphone.md) as rows of the terminal."""

from collections.abc import Mapping
from typing import Any

from backend.adapters.terminal.printer import Printer, Row

__all__ = ["TalkView"]


class TalkView:
    """One call. Of what changes while it is said, only its last form is shown."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._agent = ""

    def show(self, event: Mapping[str, Any]) -> None:
        """One event; what a terminal has no place for is passed over."""
        match event["type"]:
            case "call":
                self._agent = str(event.get("agent") or self._agent)
                self._row("call", f"{event.get('line', '')}, {event.get('call_id', '')}", "bold")
            case "speaks":
                if self._agent:
                    self._row("hand-off", f"{self._agent} → {event['agent']}", "magenta")
                self._agent = str(event["agent"])
            case "caller" | "agent" if event.get("final"):
                mine = event["type"] == "caller"
                self._row(
                    "understood" if mine else self._agent or "agent", str(event["text"]), "cyan" if mine else "green"
                )
            case "tool" | "turn":
                self._deed(event)
            case "transfer":
                self._row("transfer", f"a telephone would now be connected to {event.get('to', '')}", "bold")
            case "error":
                self._row("error", str(event.get("message", "")), "red")
            case "end":
                self._row("ended", str(event.get("outcome", "")).replace("_", " "), "bold")
            case _:
                pass

    def _deed(self, event: Mapping[str, Any]) -> None:
        """A tool that has answered, or a turn that is over: how long the caller waited for it."""
        wait = (event.get("waits") or {}).get("first_frame_ms")
        if wait is not None:
            self._row("wait", f"{wait / 1000:.2f} s", "dim")
        if event.get("ok") is not None:
            self._row("tool", f"{event['name']} → {'done' if event['ok'] else 'not done'}", "magenta")

    def _row(self, label: str, text: str, style: str) -> None:
        self._printer.put(Row(label, text, style))
