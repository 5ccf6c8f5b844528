"""Python's garbage collector and callers: a full collection stops every call of the worker while it looks."""

import gc

__all__ = ["spare_the_collector"]


def spare_the_collector() -> None:
    """What has been loaded until now lives as long as the process: it is never looked at again.

    Called once, when everything is loaded and before the first call. A full collection of the loaded program takes
    100 ms and more; of what calls leave behind, a few.
    """
    gc.collect()
    gc.freeze()
