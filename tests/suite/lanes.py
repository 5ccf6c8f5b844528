"""Who runs beside whom in ``make test``, on two cores.

Calls in real time take minutes of waiting and little processor, so they go in two lanes of their own, which begin
first. Everything else computes: file by file, on whatever workers are free, and it yields to the calls, whose clock
does not wait for it.
"""

import os

import pytest

__all__ = ["LANES", "Yielding", "in_lanes", "lane_of"]

LANES = {"long_call": "long calls", "real": "in real time"}
"""A lane by the marker of its tests; the first that a test has counts."""
_YIELDS = 10


def lane_of(item: pytest.Item) -> str | None:
    """The lane of a test in real time; ``None`` for one that computes."""
    return next((lane for marker, lane in LANES.items() if item.get_closest_marker(marker)), None)


def in_lanes(items: list[pytest.Item]) -> None:
    """For ``--dist loadgroup``: one group a lane, the lanes first, then one group a file."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(lane_of(item) or item.nodeid.partition("::")[0]))
    order = list(LANES.values())
    items.sort(key=lambda item: order.index(lane) if (lane := lane_of(item)) else len(order))


class Yielding:
    """A plugin of a worker: from its first test that computes on, the processor is the lanes' first.

    Lanes are given out before anything else, so whoever has begun to compute gets none any more.
    """

    def __init__(self) -> None:
        self._yields = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Yield, once."""
        if not self._yields and lane_of(item) is None:
            os.nice(_YIELDS)
            self._yields = True
