"""What was collected is never looked through again."""

import gc

from sparing import Sparing


def test_this_run_has_set_aside_what_was_collected() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000


def test_nothing_is_looked_for_while_tests_are_collected() -> None:
    collecting = Sparing().pytest_collection()
    try:
        next(collecting)
        assert not gc.isenabled()
    finally:
        collecting.close()
    assert gc.isenabled()
