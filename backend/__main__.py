"""The command line: ``ringmaster dev | serve | call | chat | check | schema | store | rehearse | replay | ...``.

Nothing else stands here: the commands take a while to be imported, and Ctrl-C may come before they are.
"""

import gc
import signal
import sys
from types import FrameType

__all__ = ["main"]

_INTERRUPTED = 130


def main() -> None:
    """Entry point."""
    gc.disable()  # of what is imported nothing becomes free, and looking for it takes a tenth of a second
    signal.signal(signal.SIGTERM, _terminated)
    try:
        from backend.cli.application import run

        run()
    except KeyboardInterrupt:  # whoever has pressed it knows where
        sys.exit(_INTERRUPTED)


def _terminated(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends a command as Ctrl-C does, with what it has begun tidied up; a server that is ready takes the signal
    over. Left alone, it does nothing at all to the first process of a container."""
    interrupted = signal.getsignal(signal.SIGINT)
    if callable(interrupted):
        interrupted(number, frame)
    else:  # whoever started us in the background has Ctrl-C pass us by
        raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
