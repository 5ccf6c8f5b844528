"""When calls are shown on the terminal, and to whom never."""

import logging
import sys
from contextlib import AsyncExitStack
from typing import Any

import pytest

from backend.boot.terminal import open_watches
from config.telemetry import TelemetrySettings


@pytest.mark.parametrize(
    ("wanted", "terminal", "shown", "told"),
    [
        ("yes", True, 1, []),
        ("yes", False, 0, ["calls.not_shown"]),
        ("auto", True, 0, []),
        ("no", True, 0, []),
    ],
)
async def test_calls_are_shown_where_somebody_asked_for_it_and_sits_there(
    wanted: Any, terminal: bool, shown: int, told: list[str], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    async with AsyncExitStack() as stack:
        with caplog.at_level(logging.WARNING):
            watches = open_watches(TelemetrySettings(show_calls=wanted), stack)
    assert len(watches) == shown
    assert [record.event for record in caplog.records] == told
