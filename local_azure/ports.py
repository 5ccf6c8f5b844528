"""Free ports of this machine, for what is started beside it."""

import random
import socket

__all__ = ["free_port", "is_free"]

_FIRST, _LAST = 15_000, 32_000
"""Below what Linux gives to outgoing connections (32768 to 60999): none takes a port before its server has it."""

_chance = random.SystemRandom()
_given = set[int]()


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port on loopback that nobody uses at this moment and that this process was not given before.

    Args:
        kind: ``SOCK_STREAM`` for TCP, ``SOCK_DGRAM`` for UDP.

    Raises:
        OSError: there is none.
    """
    for _ in range(_LAST - _FIRST):
        port = _chance.randrange(_FIRST, _LAST)
        if port not in _given and is_free(port, kind):
            _given.add(port)
            return port
    raise OSError("no free port on loopback")


def is_free(port: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> bool:
    """Whether a server may have this port of loopback."""
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
