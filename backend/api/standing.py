"""Whether somebody whose socket stays open still may: keys are taken back, and limited to other lines."""

import asyncio
from collections.abc import Callable

from starlette.requests import HTTPConnection

from backend.api.access import still
from backend.errors import AuthError, RingmasterError

__all__ = ["right_ends"]

_ASKED_S = 10.0
"""So often is asked anew."""


async def right_ends(socket: HTTPConnection, line: Callable[[], str]) -> str:
    """Wait until they may not any longer.

    Args:
        socket: whose handshake said who they are.
        line: the line that is spoken with; empty while it is not known.

    Returns:
        Why, in a sentence.
    """
    while True:
        await asyncio.sleep(_ASKED_S)
        try:
            person = await still(socket)
            if line() and not person.sees(line()):
                return "this line is not yours any more"
        except AuthError as error:
            return str(error)
        except RingmasterError:
            continue  # nobody can tell now, as at every other route: soon
