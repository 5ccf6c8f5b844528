"""Who started a server reads no more of what it says: it goes on, and ends as if they did."""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import TextIOWrapper

import pytest

from backend.boot.telling import flush_all, whoever_listens
from local_azure.develop import LastingConsole


@contextmanager
def _unheard() -> Generator[TextIOWrapper]:
    readable, writable = os.pipe()
    os.close(readable)
    with os.fdopen(writable, "w") as stream:
        yield stream


def _plain() -> None:
    print("ready", flush=True)


def _colored() -> None:
    LastingConsole().print("[green]ready[/]")


@pytest.mark.parametrize("say", [_plain, _colored])
def test_what_nobody_reads_stops_nothing_and_is_forgotten(
    say: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _unheard() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with whoever_listens():
            say()
        flush_all()  # as at the end: neither this nor the interpreter's own fails on what was left
        stream.flush()


def test_what_waits_to_be_written_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    print("ready", end="")
    flush_all()
    assert capfd.readouterr().out == "ready"


def test_other_faults_are_not_hidden() -> None:
    with pytest.raises(ValueError, match="ours"), whoever_listens():
        raise ValueError("ours")
