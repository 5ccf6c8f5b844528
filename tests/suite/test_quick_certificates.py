"""Authorities are read once, but for who names others."""

import ssl
from pathlib import Path

import pytest
from quick_certificates import trusted_once


def test_each_is_made_once_and_others_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []

    def make(*, _trust_env: bool = True) -> ssl.SSLContext:
        made.append(_trust_env)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    trusted = trusted_once(make)
    assert trusted() is trusted(_trust_env=True) is not trusted(_trust_env=False)
    assert made == [True, False]
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        with monkeypatch.context() as patched:
            patched.setenv(name, str(tmp_path))
            assert trusted() is not trusted()
    assert made == [True, False, *[True] * 4]
