"""The price list as it is set."""

import pytest

from backend.domain.prices import ModelPrice
from backend.errors import ConfigError
from config.prices import PriceSettings
from config.settings import load_settings


def test_the_list_is_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    others = ("price_currency", "price_models")
    names = [name for name in PriceSettings.model_fields if name not in others]
    for number, name in enumerate(names, 2):
        monkeypatch.setenv(name.upper(), str(number))
    monkeypatch.setenv("PRICE_MODELS", '{"mini": [3, 1, 7]}')
    prices = PriceSettings().price_list("big")
    told = {
        name: getattr(prices, name.replace("price_", "").replace("million_tokens", "model_million_tokens"))
        for name in names
    }
    assert told == {name: number for number, name in enumerate(names, 2)}
    assert (prices.deployment, prices.models) == ("big", {"mini": ModelPrice(3, 1, 7)})


@pytest.mark.parametrize("name", ["PRICE_TRUNK_MINUTE", "PRICE_RECORDING_MINUTE", "PRICE_MILLION_TOKENS_CACHED"])
def test_a_price_can_be_taken_away(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    assert getattr(PriceSettings(), name.lower()) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRICE_CURRENCY", "dollar"),
        ("PRICE_PHONE_MINUTE", "-1"),
        ("PRICE_TRUNK_MINUTE", "-1"),
        ("PRICE_MODELS", "mini=3"),
        ("PRICE_MODELS", '{"mini": [3, 7]}'),
        ("PRICE_MODELS", '{"mini": [3, -1, 7]}'),
    ],
)
def test_a_price_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name):
        load_settings()
