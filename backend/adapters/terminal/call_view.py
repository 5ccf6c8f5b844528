"""Shows calls on the terminal while they go: what was understood, done and said, and how long the caller waited."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from backend.adapters.terminal.printer import Printer, Row
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, HistoryItem, ToolAnswered, ToolCallsMade

__all__ = ["CallView"]

_BLOCK_MS = 150.0
_MOST_BLOCKS = 24
_QUICK_MS, _SLOW_MS = 1000.0, 2000.0
_ID = 6
"""Letters of a call's id that tell it from others on one screen."""
_MOST_CALLS = 2000
_LONGEST_VALUE = 80


class CallView:
    """``CallWatch`` on a terminal.

    A turn is shown when its answer is complete: then it is known which of its words are secret. Numbers of callers
    are shown by their last two digits.
    """

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._shown: dict[str, int] = {}
        """The newest turn that is shown of each live call."""

    def began(self, call: CallRecord) -> None:
        """A call was taken or placed here, or came here from another worker."""
        self._shown = dict(list(self._shown.items())[-_MOST_CALLS:]) | {call.call_id: -1}
        number = call.other_side.reveal()
        way = {"inbound": "from", "outbound": "to"}.get(call.direction, "from")
        who = f"{way} ***{number[-2:]}" if number else call.direction
        goes_on = f", goes on after {len(call.turns)} turns" if call.turns else ""
        test = ", a test" if call.test else ""
        self._put(call, "call", f"{call.line}, {who}{goes_on}{test}", "bold")

    def answered(self, call: CallRecord, turn: int, items: Sequence[HistoryItem]) -> None:
        """The answer to a turn is complete, and on its way to the caller's ear."""
        self._shown[call.call_id] = turn
        for row in _rows(items):
            self._put(call, row.label, row.text, row.style, row.text_style)

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over: what of it was heard, and how long the caller waited."""
        if self._shown.get(call.call_id, -1) < turn.index:
            self._shown[call.call_id] = turn.index
            self._whole(call, turn)
        elif turn.interrupted:
            self._put(call, "interrupted", f"heard: {turn.heard or 'nothing'}", "red", "dim")
        wait = turn.latencies.first_frame_ms
        if turn.caller_text and wait is not None:
            color = "green" if wait < _QUICK_MS else "yellow" if wait < _SLOW_MS else "red"
            bar = "▇" * min(_MOST_BLOCKS, max(1, round(wait / _BLOCK_MS)))
            self._put(call, "wait", f"{bar} {wait / 1000:.2f} s", "dim", color)

    def moved(self, call: CallRecord) -> None:
        """A call goes on at another worker."""
        self._shown.pop(call.call_id, None)
        self._put(call, "call", "goes on at another worker", "bold", "dim")

    def ended(self, call: CallRecord) -> None:
        """A call is over."""
        self._shown.pop(call.call_id, None)
        case = f", case {call.case_number}" if call.case_number else ""
        outcome = (call.outcome or "over").replace("_", " ")
        self._put(
            call, "ended", f"{outcome} after {call.seconds():.0f} s{case}", "bold", "red" if outcome == "failed" else ""
        )

    def _whole(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn whose answer was never complete, or that had none."""
        if turn.caller_text:
            self._put(call, "caller", turn.caller_text, "bold cyan")
        for tool in turn.tools:
            self._put(call, "tool", tool, "magenta", "dim")
        if said := turn.heard or turn.said:
            self._put(call, turn.agent, said + (" —" if turn.interrupted else ""), "bold green")

    def _put(self, call: CallRecord, label: str, text: str, style: str, text_style: str = "") -> None:
        self._printer.put(Row(f"{call.call_id[:_ID]} {label}", text, style, text_style))


def _rows(items: Sequence[HistoryItem]) -> Iterator[Row]:
    asked: dict[str, str] = {}
    for agent, group in groupby(items, lambda item: item.agent if isinstance(item, AgentSaid) else ""):
        if agent:
            said = " ".join(item.text for item in group if isinstance(item, AgentSaid))
            yield Row(agent, said, "bold green")
        else:
            for item in group:
                yield from _row(item, asked)


def _row(item: HistoryItem, asked: dict[str, str]) -> Iterator[Row]:
    """The row of one item; what a tool was asked is remembered until it has answered."""
    match item:
        case CallerSaid(text=text):
            yield Row("caller", text, "bold cyan")
        case ToolCallsMade(calls=calls):
            asked |= {call.id: _arguments(call.arguments) for call in calls}
        case ToolAnswered(call_id=call_id, name=name, content=content):
            yield Row("tool", f"{name}({asked.get(call_id, '')}) {_result(content)}", "magenta", "dim")
        case HandedOver(source=source, target=target):
            yield Row("hand-off", f"{source} → {target}", "magenta")
        case AgentSaid(agent=agent, text=text):
            yield Row(agent, text, "bold green")


def _arguments(written: str) -> str:
    """What was understood for each argument of a tool."""
    try:
        given: Any = json.loads(written or "{}")
    except ValueError:
        return "…"
    if not isinstance(given, dict):
        return "…"
    return ", ".join(f"{name}: {_short(value)}" for name, value in given.items() if value not in (None, ""))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _result(content: str) -> str:
    try:
        envelope: Any = json.loads(content)
    except ValueError:
        return ""
    if not isinstance(envelope, dict) or "ok" not in envelope:
        return ""
    code = envelope.get("code")
    return "→ done" if envelope["ok"] else f"→ not done{f': {code}' if code else ''}"
