"""How often somebody may have something made that costs."""

import pytest

from backend.api.faults import message_of, status_of
from backend.api.request_limit import RequestLimit
from backend.errors import AuthError, TooManyRequests


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def allowed(limit: RequestLimit, who: str, tries: int) -> int:
    """How many of so many requests are let pass."""
    passed = 0
    for _ in range(tries):
        try:
            limit.count(who)
        except TooManyRequests:
            continue
        passed += 1
    return passed


def test_so_many_at_once_and_one_more_as_time_passes() -> None:
    clock = Clock()
    limit = RequestLimit(most=6, clock=clock)
    assert allowed(limit, "ann", 10) == 6
    clock.now = 10
    assert allowed(limit, "ann", 10) == 1
    clock.now = 1000
    assert allowed(limit, "ann", 10) == 6


def test_one_person_takes_nothing_from_another() -> None:
    limit = RequestLimit(most=2, clock=Clock())
    assert allowed(limit, "ann", 5) == 2
    assert allowed(limit, "bob", 5) == 2


def test_only_so_many_people_are_remembered() -> None:
    limit = RequestLimit(most=1, people=2, clock=Clock())
    for who in ("ann", "bob", "cid"):
        limit.count(who)
    assert allowed(limit, "cid", 1) == 0
    assert allowed(limit, "ann", 1) == 1  # forgotten, and so let pass


def test_it_is_told_as_what_it_is_and_not_as_a_wrong_key() -> None:
    limit = RequestLimit(most=1, clock=Clock())
    limit.count("ann")
    with pytest.raises(TooManyRequests) as caught:
        limit.count("ann")
    error = caught.value
    assert (error.code, status_of(error)) == ("request.too_many", 429)
    assert message_of(error) == "more than 1 requests a minute; wait a minute"
    assert not isinstance(error, AuthError)
