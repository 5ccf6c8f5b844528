"""What a call costs, by the price list."""

import dataclasses

import pytest

from backend.domain.call_use import CallUse, ModelUse
from backend.domain.prices import Cost, ModelPrice, PriceList, Used

LIST = PriceList(
    currency="EUR", phone_minute=0.02, recognition_hour=1.2, voice_million_characters=15,
    model_million_tokens_read=1, model_million_tokens_written=8, core_hour=0.36, recording_minute=0.01,
    model_million_tokens_cached=0.1, deployment="big", models={"mini": ModelPrice(0.5, 0.05, 2)},
)  # fmt: skip
USED = Used(
    phone_minutes=4, recognized_minutes=3, voice_characters=2000, tokens_read=30_000, tokens_written=500,
    core_seconds=5,
)  # fmt: skip


def test_each_part_of_a_call_has_its_price() -> None:
    cost = LIST.cost(USED)
    assert dataclasses.astuple(cost) == pytest.approx((0.08, 0.06, 0.03, 0.034, 0, 0.0005))
    assert cost.total == pytest.approx(0.2045)


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Used)])
def test_whatever_is_used_costs_something(name: str) -> None:
    assert LIST.cost(Used(**{name: 1000.0})).total > 0


def test_costs_add_up_part_by_part() -> None:
    both = LIST.cost(USED) + LIST.cost(Used(phone_minutes=1))
    assert (both.phone, both.model) == pytest.approx((0.1, 0.034))
    assert (Cost() + both).total == pytest.approx(both.total)


def a_call() -> CallUse:
    models = {"big": ModelUse(3, 0, 30_000, 10_000, 500), "mini": ModelUse(1, 0, 2000, 0, 100)}
    return CallUse(phone_s=240, heard_s=180, spoken=2000, recorded_s=60, models=models)


def test_what_a_call_took_is_priced_by_deployment() -> None:
    bill = LIST.bill(a_call())
    big, mini = (20_000 * 1 + 10_000 * 0.1 + 500 * 8) / 1e6, (2000 * 0.5 + 100 * 2) / 1e6
    assert dataclasses.astuple(bill.cost) == pytest.approx((0.08, 0.06, 0.03, big + mini, 0.01, 0))
    assert (bill.currency, bill.missing, bill.untold, bill.at_least) == ("EUR", (), 0, False)


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (CallUse(trunk_s=60), "PRICE_TRUNK_MINUTE"),
        (CallUse(recorded_s=60), "PRICE_RECORDING_MINUTE"),
        (CallUse(models={"else": ModelUse(1, 0, 10, 0, 1)}), "tokens of else: add it to PRICE_MODELS"),
    ],
)
def test_a_price_that_is_missing_is_said_and_is_not_0(use: CallUse, said: str) -> None:
    bill = dataclasses.replace(LIST, recording_minute=None).bill(use)
    assert bill.at_least and said in bill.missing[0] and len(bill.missing) == 1
    assert LIST.bill(CallUse()).missing == ()


def test_tokens_that_nobody_told_make_it_at_least() -> None:
    bill = LIST.bill(CallUse(models={"big": ModelUse(2, 1, 1_000_000, 0, 0)}))
    assert (bill.cost.model, bill.untold, bill.at_least) == (1, 1, True)


def test_cached_tokens_without_a_price_of_their_own_cost_as_the_others() -> None:
    plain = dataclasses.replace(LIST, model_million_tokens_cached=None)
    assert plain.bill(CallUse(models={"": ModelUse(1, 0, 1_000_000, 1_000_000, 0)})).cost.model == 1


def test_the_sum_of_calls_costs_what_the_calls_cost() -> None:
    both = a_call()
    both.add(a_call())
    assert LIST.bill(both).cost.total == pytest.approx(2 * LIST.bill(a_call()).cost.total)
