"""Long calls run beside the rest: they take minutes of waiting and hardly any processor."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With ``-n 2 --dist loadgroup`` one worker has the long calls and the other, undisturbed, what measures."""
    for item in items:
        long = item.get_closest_marker("long_call") is not None
        item.add_marker(pytest.mark.xdist_group("long calls" if long else "the rest"))
