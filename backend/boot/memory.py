"""How the process asks the system for memory."""

import ctypes

__all__ = ["keep_few_arenas"]

_M_ARENA_MAX = -8
"""``malloc.h`` of the GNU C library."""
_ARENAS = 2


def keep_few_arenas() -> bool:
    """Let the threads of the process share two arenas of memory instead of eight for each core.

    The Speech SDK has five threads a call, and each arena keeps the holes that calls leave in it: a worker that served
    calls for an hour had grown by half, though no object was left behind. To be called before threads are begun. False
    where the C library is another one, which has its own ways.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(mallopt(_M_ARENA_MAX, _ARENAS))
