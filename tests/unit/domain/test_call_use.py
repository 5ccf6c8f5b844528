"""What calls take: counted once whoever tells of it, added up over calls, and unknown where nobody told."""

import msgspec
import pytest

from backend.domain.call_use import CallUse, ModelUse, UseTotals


def test_an_answer_is_counted_with_its_tokens() -> None:
    use = CallUse()
    use.note_answer("big", 100, 40, 7)
    use.note_answer("big", 10, None, 3)
    assert use.models == {"big": ModelUse(2, 0, 110, 40, 10)}


@pytest.mark.parametrize("told", [(None, None, None), (None, 3, 4), (100, 0, None)])
def test_what_the_service_did_not_tell_is_unknown_and_not_0(told: tuple[int | None, int | None, int | None]) -> None:
    use = CallUse()
    use.note_answer("big", *told)
    assert (use.models["big"], use.untold) == (ModelUse(answers=1, untold=1), 1)


def test_more_cached_than_read_is_not_believed() -> None:
    use = CallUse()
    use.note_answer("big", 10, 50, 1)
    assert use.models["big"].cached == 10


def test_two_tales_of_one_call_are_counted_once() -> None:
    mine, theirs = CallUse(phone_s=60, spoken=10), CallUse(phone_s=50, heard_s=30, models={"big": ModelUse(2, 1, 9)})
    mine.raise_to(theirs)
    mine.raise_to(theirs)
    assert mine == CallUse(phone_s=60, heard_s=30, spoken=10, models={"big": ModelUse(2, 1, 9)})


def test_calls_add_up_and_those_that_are_unknown_are_named() -> None:
    one, two = CallUse(phone_s=60, models={"big": ModelUse(1, 0, 5, 0, 2)}), CallUse(models={"big": ModelUse(1, 1)})
    totals = UseTotals.of([one, None, two]) + UseTotals.of([one])
    assert (totals.calls, totals.unknown, totals.use.phone_s) == (4, 1, 120)
    assert totals.use.models == {"big": ModelUse(3, 1, 10, 0, 4)}
    assert one.models["big"].read == 5  # nothing of a call is changed


def test_it_is_kept_as_json() -> None:
    use = CallUse(phone_s=1.5, models={"big": ModelUse(1, 0, 5, 0, 2)})
    assert msgspec.json.decode(msgspec.json.encode(use), type=CallUse) == use
