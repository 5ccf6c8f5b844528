"""The order of ``make test``, which has more workers than the machine has cores.

What waits goes first: calls in real time take minutes and hardly any processor, so several files of them run beside
each other, undisturbed. What computes comes after it, and fills the cores. A file stays with one worker, for its tests
may share a server.
"""

import pytest

__all__ = ["WAITS", "in_order"]

WAITS = ("long_call", "real")
"""Markers of what waits, the longest first."""


def in_order(items: list[pytest.Item]) -> None:
    """Files with a long call first, then files with other calls in real time, then the rest; each file in one piece.

    Workers are given whole files in this order by ``--dist loadfile --no-loadscope-reorder``. (Not by ``loadgroup``:
    xdist reads the groups before a conftest can set them.)
    """
    ranks: dict[str, int] = {}
    for item in items:
        file = item.nodeid.partition("::")[0]
        ranks[file] = min(_rank(item), ranks.get(file, len(WAITS)))
    items.sort(key=lambda item: ranks[item.nodeid.partition("::")[0]])


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, marker in enumerate(WAITS) if item.get_closest_marker(marker)), len(WAITS))
