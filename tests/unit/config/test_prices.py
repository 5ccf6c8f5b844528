"""The price list as it is set."""

import pytest

from backend.errors import ConfigError
from config.prices import PriceSettings
from config.settings import load_settings


def test_the_list_is_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name.upper() for name in PriceSettings.model_fields if name != "price_currency"]
    for number, name in enumerate(names, 2):
        monkeypatch.setenv(name, str(number))
    prices = PriceSettings().price_list()
    assert (prices.phone_minute, prices.recognition_hour, prices.voice_million_characters) == (2, 3, 4)
    assert (prices.model_million_tokens_read, prices.model_million_tokens_written, prices.core_hour) == (5, 6, 7)


@pytest.mark.parametrize(("name", "value"), [("PRICE_CURRENCY", "dollar"), ("PRICE_PHONE_MINUTE", "-1")])
def test_a_price_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name):
        load_settings()
