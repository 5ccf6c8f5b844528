"""Somebody who speaks for the caller for a while tells who drove by a part of their name."""

from fnol_form import CALLER, FORM

SELF = {"driver_relationship": "self"}


def test_the_callers_own_first_name_is_the_caller_where_it_is_said_to_be_them() -> None:
    assert FORM.whole({"driver_name": "John", **SELF}, CALLER)["driver_name"] == "John Smith"
    assert FORM.whole({"driver_name": "smith", **SELF}, CALLER)["driver_name"] == "John Smith"


def test_another_of_that_name_keeps_the_name_that_was_said() -> None:
    assert FORM.whole({"driver_name": "John", "driver_relationship": "child"}, CALLER)["driver_name"] == "John"
    assert FORM.whole({"driver_name": "John"}, CALLER)["driver_name"] == "John"
    assert FORM.whole({"driver_name": "Tom", **SELF}, CALLER)["driver_name"] == "Tom"


def test_who_is_not_known_gives_no_name() -> None:
    assert FORM.whole({"driver_name": "John", **SELF}, None)["driver_name"] == "John"
