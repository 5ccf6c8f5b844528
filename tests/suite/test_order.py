"""What waits goes first, and a file stays together."""

import pytest
from order import in_order


class Test:
    """As much of a test as the order looks at."""

    __test__ = False

    def __init__(self, nodeid: str, *markers: str) -> None:
        self.nodeid = nodeid
        self.markers = markers
        self.groups: list[str] = []

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.markers else None

    def add_marker(self, marker: pytest.MarkDecorator) -> None:
        self.groups += marker.args


def test_files_that_wait_come_first_the_longest_of_all_before_them() -> None:
    items = [
        Test("computes.py::one"),
        Test("waits.py::one", "real"),
        Test("long.py::one"),
        Test("long.py::two[a::b]", "real", "long_call"),
        Test("computes.py::two"),
    ]
    in_order(items)  # type: ignore[arg-type]
    assert [item.nodeid for item in items] == [
        "long.py::one",
        "long.py::two[a::b]",
        "waits.py::one",
        "computes.py::one",
        "computes.py::two",
    ]
    assert [item.groups for item in items] == [[item.nodeid.partition("::")[0]] for item in items]
