"""What was collected is never looked through again."""

import gc

import pytest
from sparing import Sparing, spared_by_the_collector


def test_this_run_has_set_aside_what_was_collected() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000
    assert Sparing.set_aside


def test_nothing_is_looked_for_while_tests_are_collected() -> None:
    collecting = Sparing().pytest_collection()
    try:
        next(collecting)
        assert not gc.isenabled()
    finally:
        collecting.close()
    assert gc.isenabled()


def test_who_sets_more_aside_gives_nothing_of_it_back() -> None:
    before = gc.get_freeze_count()
    with spared_by_the_collector():
        pass
    assert gc.get_freeze_count() >= before > 100_000


def test_where_nothing_was_set_aside_all_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(Sparing, "set_aside", False)
    monkeypatch.setattr(gc, "unfreeze", lambda: given_back.append(True))
    with spared_by_the_collector():
        assert not given_back
    assert given_back
