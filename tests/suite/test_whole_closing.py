"""A loop that is left with connections is closed, and it is told what was left."""

import asyncio
import socket

import pytest
import uvloop


async def left_open() -> tuple[socket.socket, socket.socket]:
    """A server and a connection to it that nobody closes."""
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, *address)
    return server.sockets[0], transport.get_extra_info("socket")


def test_what_is_left_open_is_an_error_and_never_waited_for() -> None:
    loop = uvloop.new_event_loop()
    sockets = loop.run_until_complete(left_open())
    with pytest.raises(ResourceWarning, match="unclosed resource <TCP"):
        loop.close()
    assert loop.is_closed()
    assert [one.fileno() for one in sockets] == [-1, -1]


def test_who_leaves_nothing_hears_nothing() -> None:
    loop = uvloop.new_event_loop()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    loop.close()
    assert loop.is_closed()
