"""What a server says to whoever started it. That they read no more (``ringmaster serve | head -1``, a terminal that was
closed) is no reason to stop, and no reason to end with another status."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress

__all__ = ["flush_all", "whoever_listens"]


@contextmanager
def whoever_listens() -> Generator[None]:
    """Write to standard output or error inside of this; where nobody reads it, it is lost, and that is all."""
    try:
        yield
    except OSError:
        flush_all()


def flush_all() -> None:
    """Write what waits to be written; a stream that nobody reads leads nowhere from then on."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # What could not be written stays in the stream's buffer, and every later flush would fail on it again.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
