"""Python's garbage collector and callers: a full collection stops every call of the worker while it looks."""

import gc

__all__ = ["spare_the_collector"]

_THRESHOLDS = (2_000, 10, 10)
"""With Python's own (700, 10, 10) one call is stopped every two seconds, for up to 5 ms; with these every fifteen
seconds. A call outlives the first two generations, so what it leaves behind in cycles (500 objects) is found by
a full collection alone: one after about 30 calls, where ``FullCollections`` does not choose the moment."""


def spare_the_collector() -> None:
    """What has been loaded until now lives as long as the process: it is never looked at again; the rest, seldom.

    Called once, when everything is loaded and before the first call. A full collection of the loaded program takes
    200 ms and more, and finds that one in a hundred of its objects could go: it is set aside as it is. One of what
    calls leave behind takes a few.

    The collection behind it counts how much is old now: next to nothing. Python runs a full one only when a quarter has
    been added to what was old at the last, so without it none came for 700 calls, and workers grew by a fifth.
    """
    gc.freeze()
    gc.collect()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()  # a start goes without: of what it loads next to nothing becomes free
