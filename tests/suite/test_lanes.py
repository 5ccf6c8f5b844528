"""Calls in real time have lanes of their own, which begin first."""

from types import SimpleNamespace

import pytest
from lanes import LANES, Yielding, in_lanes


class Test:
    """As much of a test as lanes look at."""

    __test__ = False

    def __init__(self, path: str, *markers: str) -> None:
        self.nodeid = f"{path}::test_it"
        self.markers = {name: SimpleNamespace(name=name) for name in markers}
        self.groups: list[str] = []

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        return self.markers.get(name)

    def add_marker(self, marker: pytest.MarkDecorator) -> None:
        self.groups += marker.args


def test_lanes_come_first_and_everything_else_goes_by_file() -> None:
    computing = [Test("a.py"), Test("b.py"), Test("a.py")]
    real, long = Test("a.py", "real"), Test("b.py", "real", "long_call")
    items = [computing[0], real, computing[1], long, computing[2]]
    in_lanes(items)  # type: ignore[arg-type]
    assert items == [long, real, *computing]
    assert [item.groups for item in items] == [["long calls"], ["in real time"], ["a.py"], ["b.py"], ["a.py"]]


def test_who_computes_yields_once_and_a_lane_never(monkeypatch: pytest.MonkeyPatch) -> None:
    yielded: list[int] = []
    monkeypatch.setattr("os.nice", yielded.append)
    plugin = Yielding()
    plugin.pytest_runtest_setup(Test("a.py", "real"))  # type: ignore[arg-type]
    assert yielded == []
    for _ in range(3):
        plugin.pytest_runtest_setup(Test("a.py"))  # type: ignore[arg-type]
    assert len(yielded) == 1


def test_each_lane_is_one_group_so_that_each_of_two_workers_has_one() -> None:
    assert len(set(LANES.values())) == 2
