"""The name of this process among all workers."""

import os
import secrets
import socket
from functools import cache

__all__ = ["FIGURES_FOLDER", "worker_name"]

FIGURES_FOLDER = "RINGMASTER_FIGURES"
"""Environment variable that tells workers of one supervisor where they put their figures for each other."""


def worker_name() -> str:
    """Host, process id and a few letters of chance: unique, and the same as long as this process lives."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return f"{socket.gethostname()}-{pid}-{secrets.token_hex(3)}"
