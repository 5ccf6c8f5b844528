"""The start of a server by hand: what can be told at once is told before it loads all that a server is."""

import socket
from unittest.mock import Mock

import pytest

from backend.cli.serve import start_server
from backend.errors import ConfigError
from config import load_settings


def test_a_taken_port_is_told_before_a_server_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []

    def begin(settings: object, ready: object) -> None:
        begun.append(settings)

    monkeypatch.setattr("backend.boot.server.serve", begin)
    monkeypatch.setattr("backend.cli.serve.set_up_logs", Mock())  # the log is the tests' own
    monkeypatch.setenv("HOST", "127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(ConfigError, match="PORT: expected a free port"):
            start_server(load_settings())
        assert not begun
    start_server(load_settings())
    assert begun
