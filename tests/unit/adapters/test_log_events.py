"""Every log event has its entry: a name without one tells nobody what to do."""

import ast
import re
from functools import cache
from pathlib import Path

from backend.adapters.telemetry.events import EVENTS, events_page

_ROOT = Path(__file__).parents[3]
_LOG = re.compile(r"\b(?:_?log|logger)\s*\.")
_LEVELS = {"info", "warning", "error", "exception", "critical"}
_OTHER_PROCESSES = {"emulator", "bench", "rehearsal", "testing"}


@cache
def _log_calls() -> list[tuple[str, ast.Call]]:
    found: list[tuple[str, ast.Call]] = []
    for path in sorted((_ROOT / "backend").rglob("*.py")):
        text = path.read_text("utf-8")
        if path.relative_to(_ROOT).parts[1] in _OTHER_PROCESSES or not _LOG.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _LEVELS
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in ("log", "logger", "_log")
            ):
                found.append((f"{path.relative_to(_ROOT)}:{node.lineno}", node))
    return found


def _event(call: ast.Call) -> str | None:
    for keyword in call.keywords:
        if keyword.arg == "extra" and isinstance(keyword.value, ast.Dict):
            for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "event" and isinstance(value, ast.Constant):
                    return str(value.value)
    return None


def test_every_log_call_names_its_event() -> None:
    assert [place for place, call in _log_calls() if _event(call) is None] == []


def test_every_event_has_its_entry() -> None:
    assert {f"{place} {_event(call)}" for place, call in _log_calls() if _event(call) not in EVENTS} == set()


def test_every_entry_is_used() -> None:
    table = _ROOT / "backend" / "adapters" / "telemetry" / "events.py"
    code = "\n".join(path.read_text("utf-8") for path in (_ROOT / "backend").rglob("*.py") if path != table)
    assert [name for name in EVENTS if f'"{name}"' not in code] == []


def test_the_page_is_written_from_the_table() -> None:
    page = (_ROOT / "docs" / "log-events.md").read_text("utf-8")
    assert page == events_page(), "run: ringmaster schema --events docs/log-events.md"


def test_whoever_is_on_duty_is_told_what_to_do() -> None:
    assert [event.name for event in EVENTS.values() if event.kind == "alert" and not event.todo] == []
    ended = {name for event in EVENTS.values() for name in event.ends}
    assert ended <= set(EVENTS)
