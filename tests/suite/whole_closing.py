"""Loops of uvloop that close whole where a warning is an error, as in tests.

While it closes, uvloop warns of each connection that is still open. Where the warning is an error, that connection is
passed over, and uvloop then waits inside libuv for its end: for ever, and out of reach of any limit of a test. A test
that has failed leaves connections open, so one failure used to hold up a whole run.
"""

import warnings

import uvloop

__all__ = ["close_as_uvloop_does", "close_whole"]

_close = uvloop.Loop.close


def close_whole() -> None:
    """Have loops of this process close first, and tell then what was left open."""
    uvloop.Loop.close = _closed_whole


def close_as_uvloop_does() -> None:
    """Take it back."""
    uvloop.Loop.close = _close


def _closed_whole(loop: uvloop.Loop) -> None:
    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always")
        _close(loop)
    for warning in left:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
