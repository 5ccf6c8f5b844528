"""A server that others can reach and that has no key says why its operations API is closed."""

import logging

import pytest

from backend.app import Ringmaster
from config import load_settings


@pytest.mark.parametrize(("host", "key", "warned"), [("0.0.0.0", "", 1), ("0.0.0.0", "k", 0), ("127.0.0.1", "", 0)])
def test_a_missing_key_is_told_where_it_closes_the_api(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, host: str, key: str, warned: int
) -> None:
    for name, value in {"HOST": host, "API_KEY": key, "ACS_ENDPOINT": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    with caplog.at_level(logging.WARNING):
        Ringmaster(load_settings())._access(None)
    assert sum("API_KEY is not set" in record.message for record in caplog.records) == warned
