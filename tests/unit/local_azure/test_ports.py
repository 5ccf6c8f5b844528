"""Free ports: never the same twice, never one that is taken or that an outgoing connection may get."""

import socket
from pathlib import Path

import pytest

from local_azure import ports
from local_azure.ports import free_port, is_free

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_no_port_is_given_twice() -> None:
    given = [free_port() for _ in range(200)]
    assert len(set(given)) == len(given)


def test_none_is_of_those_that_outgoing_connections_get() -> None:
    first = int(OUTGOING.read_text("utf-8").split()[0]) if OUTGOING.exists() else 32_768
    assert all(port < first for port in (free_port() for _ in range(50)))


def test_one_that_is_taken_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port := free_port()))
        assert not is_free(port)
        assert is_free(port, socket.SOCK_DGRAM)
        monkeypatch.setattr(ports, "_FIRST", port)
        monkeypatch.setattr(ports, "_LAST", port + 1)
        monkeypatch.setattr(ports, "_given", set[int]())
        with pytest.raises(OSError, match="no free port"):
            free_port()
        assert free_port(socket.SOCK_DGRAM) == port
