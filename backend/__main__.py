"""The command line: ``ringmaster dev | serve | call | chat | check | schema | store | rehearse | replay | ...``.

Nothing else stands here: the commands take a while to be imported, and Ctrl-C may come before they are.
"""

import gc
import sys

__all__ = ["main"]

_INTERRUPTED = 130


def main() -> None:
    """Entry point."""
    gc.disable()  # of what is imported nothing becomes free, and looking for it takes a tenth of a second
    try:
        from backend.cli.application import run

        run()
    except KeyboardInterrupt:  # whoever has pressed it knows where
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
