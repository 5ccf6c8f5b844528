"""``python by_seed.py -m MODULE``: as ``python -m MODULE``, but a fork of the seed (``nursery.py``).

For what the server itself starts, and so no test can start in another way: a run of rehearsals imports for a second and
a half what the seed has loaded. Who ends this process ends the fork.
"""

import os
import signal
import sys

from nursery import forked

__all__ = ["by_seed"]


def by_seed() -> None:
    """Be as the fork is, to its end: its streams are ours, and so is its status."""
    asked = {"command": sys.argv[1:], "session": True, "python": True}
    status = forked(asked, os.environ, os.getcwd(), (0, 1, 2)).wait()  # noqa: PTH109
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    sys.exit(status)


if __name__ == "__main__":
    by_seed()
