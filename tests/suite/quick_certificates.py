"""The authorities that a client trusts, read once: each client of a model reads 140 certificates, 45 ms of a core.

Who has the environment name others meanwhile has a context of its own.
"""

import os
import ssl
from functools import cache, wraps
from typing import Any

import httpcore2

__all__ = ["read_once", "trusted_once"]


def trusted_once(before: Any) -> Any:
    """The same contexts, of which each is made once."""

    @cache
    def made(trust_env: bool) -> ssl.SSLContext:
        context: ssl.SSLContext = before(_trust_env=trust_env)
        return context

    @wraps(before)
    def context(*, _trust_env: bool = True) -> ssl.SSLContext:
        if _named() != _AT_FIRST:
            own: ssl.SSLContext = before(_trust_env=_trust_env)
            return own
        return made(_trust_env)

    return context


def _named() -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))


_AT_FIRST = _named()
"""What a test names may be written anew; this stays as it is."""


def read_once() -> None:
    """Have every client of this process begin so."""
    httpcore2.default_ssl_context = trusted_once(httpcore2.default_ssl_context)
