"""Python's garbage collector and callers: a full collection stops every call of the worker while it looks."""

import gc

__all__ = ["spare_the_collector"]

_THRESHOLDS = (5_000, 20, 3)
"""With Python's own (700, 10, 10) one call is stopped every two seconds, for up to 5 ms; with these every twenty
seconds, for 2 to 4 ms. First frames at p95 come half a millisecond sooner.

The last one is small because a call outlives the first two generations: what it leaves behind in cycles (350 objects,
80 kB) is found by a full collection alone. With 50 there was one an hour at ten calls, and a worker had grown by
a fifth until then; with 3 there is one after about 45 calls."""


def spare_the_collector() -> None:
    """What has been loaded until now lives as long as the process: it is never looked at again; the rest, seldom.

    Called once, when everything is loaded and before the first call. A full collection of the loaded program takes
    100 ms and more; of what calls leave behind, a few.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
