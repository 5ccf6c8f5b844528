"""What a call costs, by the price list."""

import dataclasses

import pytest

from backend.domain.prices import Cost, PriceList, Used

LIST = PriceList(
    currency="EUR", phone_minute=0.02, recognition_hour=1.2, voice_million_characters=15,
    model_million_tokens_read=1, model_million_tokens_written=8, core_hour=0.36,
)  # fmt: skip
USED = Used(
    phone_minutes=4, recognized_minutes=3, voice_characters=2000, tokens_read=30_000, tokens_written=500,
    core_seconds=5,
)  # fmt: skip


def test_each_part_of_a_call_has_its_price() -> None:
    cost = LIST.cost(USED)
    assert dataclasses.astuple(cost) == pytest.approx((0.08, 0.06, 0.03, 0.034, 0.0005))
    assert cost.total == pytest.approx(0.2045)


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Used)])
def test_whatever_is_used_costs_something(name: str) -> None:
    assert LIST.cost(Used(**{name: 1000.0})).total > 0


def test_costs_add_up_part_by_part() -> None:
    both = LIST.cost(USED) + LIST.cost(Used(phone_minutes=1))
    assert (both.phone, both.model) == pytest.approx((0.1, 0.034))
    assert (Cost() + both).total == pytest.approx(both.total)
