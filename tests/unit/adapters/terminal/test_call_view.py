"""What a person at the terminal sees of a call."""

import io
import threading
from datetime import UTC, datetime, timedelta

from rich.console import Console

from backend.adapters.terminal.call_view import CallView
from backend.adapters.terminal.printer import Printer, Row
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.private import Private
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, ToolAnswered, ToolCallsMade, ToolRequest

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class Seen:
    """A call on a screen of 80 columns."""

    def __init__(self) -> None:
        self.screen = io.StringIO()
        self.printer = Printer(Console(file=self.screen, width=80, highlight=False))
        self.view = CallView(self.printer)
        self.call = CallRecord(
            call_id="3f2a81c09d", line="insurance", direction="inbound", caller=Private("+12065550123"), started_at=NOW
        )

    def rows(self) -> list[str]:
        self.printer.close()
        return [line.strip() for line in self.screen.getvalue().splitlines()]


def a_turn(index: int, words: str, **more: object) -> TurnRecord:
    return TurnRecord(index=index, agent="auth", caller_text=words, started_at=NOW, **more)  # type: ignore[arg-type]


def test_a_call_is_shown_as_it_goes() -> None:
    seen = Seen()
    asked = ToolRequest("t1", "verify_caller", '{"full_name": "John Smiths", "zip_code": "", "last4": "***"}')
    seen.view.began(seen.call)
    seen.view.answered(
        seen.call,
        1,
        [
            CallerSaid("my name is john smiths", 1),
            ToolCallsMade((asked,), 1),
            ToolAnswered("t1", "verify_caller", '{"ok": false, "message": "no", "code": "caller.unknown"}', 1),
            HandedOver("auth", "fnol_intake", "", 1),
            AgentSaid("fnol_intake", "Thank you.", 1),
            AgentSaid("fnol_intake", "What happened?", 1),
        ],
    )
    seen.view.turn(seen.call, a_turn(1, "my name is john smiths", latencies=Latencies(first_frame_ms=840.0)))
    seen.call.ended_at, seen.call.outcome = NOW + timedelta(seconds=92), "completed"
    seen.call.case_number = "FNOL-1"
    seen.view.ended(seen.call)
    assert seen.rows() == [
        "3f2a81 call insurance, from ***23",
        "3f2a81 caller my name is john smiths",
        '3f2a81 tool verify_caller(full_name: "John Smiths", last4: "***") → not',
        "done: caller.unknown",
        "3f2a81 hand-off auth → fnol_intake",
        "3f2a81 fnol_intake Thank you. What happened?",
        "3f2a81 wait ▇▇▇▇▇▇ 0.84 s",
        "3f2a81 ended completed after 92 s, case FNOL-1",
    ]


def test_an_answer_that_was_cut_says_what_of_it_was_heard() -> None:
    seen = Seen()
    seen.view.answered(seen.call, 1, [CallerSaid("hello", 1), AgentSaid("auth", "Hello, how are you today?", 1)])
    seen.view.turn(seen.call, a_turn(1, "hello", heard="Hello, how", interrupted=True))
    assert seen.rows()[-1] == "3f2a81 interrupted heard: Hello, how"


def test_a_turn_whose_answer_was_never_complete_is_shown_when_it_is_over() -> None:
    seen = Seen()
    seen.view.turn(seen.call, a_turn(1, "hello", heard="I am", interrupted=True, tools=["search_knowledge"]))
    assert seen.rows() == ["3f2a81 caller hello", "3f2a81 tool search_knowledge", "3f2a81 auth I am —"]


def test_a_terminal_obeys_no_caller() -> None:
    seen = Seen()
    seen.view.answered(seen.call, 1, [CallerSaid("\x1b[2Jpay\x07 [red]me[/]\r\nnow", 1)])
    assert seen.rows() == ["3f2a81 caller  [2Jpay  [red]me[/]  now"]
    assert "\x1b" not in seen.screen.getvalue()


def test_a_terminal_that_stands_still_stops_nobody() -> None:
    go_on, written = threading.Event(), io.StringIO()

    class Stopped(io.StringIO):
        def write(self, text: str) -> int:
            assert go_on.wait(10)
            return written.write(text)

    printer = Printer(Console(file=Stopped(), width=80), most_waiting=3)
    for number in range(50):
        printer.put(Row("call", str(number)))
    go_on.set()
    printer.close(10)
    rows = written.getvalue().split()
    assert "0" in rows and "49" not in rows and "out:" in rows
