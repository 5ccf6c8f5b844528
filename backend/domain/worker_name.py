"""The name of this process among all workers."""

import os
import secrets
import socket
from functools import cache

__all__ = ["worker_name"]


def worker_name() -> str:
    """Host, process id and a few letters of chance: unique, and the same as long as this process lives."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return f"{socket.gethostname()}-{pid}-{secrets.token_hex(3)}"
