"""Tests of servers' starts and ends have a terminal, also where the run of them goes on without one (``nohup``)."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def a_terminal_that_may_be_closed() -> Iterator[None]:
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)
