"""Checks who sends a request: the HMAC signature, or a token of Entra ID.

As ``azure-communication-callautomation`` 1.6.0 signs them (captured; ``_shared/policy.py``): verb, path with query,
and date;host;hash of the body, under the base64-decoded access key.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from starlette.requests import Request

from local_azure.tokens import Signer

__all__ = ["signature_fault", "token_fault"]

_SCHEME = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
_CLOCK_SECONDS = 5 * 60
_AUDIENCE = "https://communication.azure.com/"
"""What the client asks a token for: its scope is ``https://communication.azure.com//.default``, with two slashes."""


def token_fault(request: Request, signer: Signer) -> str | None:
    """Why the token of a managed identity does not hold, or ``None`` when it does."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return None if scheme == "Bearer" and signer.holds(token, _AUDIENCE) else "the token does not hold"


def signature_fault(request: Request, body: bytes, access_key: str) -> str | None:
    """Why the signature does not hold, or ``None`` when it does."""
    headers = request.headers
    given = headers.get("authorization", "")
    date = headers.get("x-ms-date", "")
    if not given.startswith(_SCHEME) or not date:
        return "no HMAC-SHA256 signature"
    if not _recent(date):
        return "x-ms-date is more than five minutes off"
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if headers.get("x-ms-content-sha256") != digest:
        return "x-ms-content-sha256 is not the hash of the body"
    raw_path = request.scope["raw_path"].decode()
    query = request.scope["query_string"].decode()
    target = f"{raw_path}?{query}" if query else raw_path
    text = f"{request.method}\n{target}\n{date};{headers.get('host', '')};{digest}"
    wanted = base64.b64encode(hmac.digest(base64.b64decode(access_key), text.encode(), "sha256")).decode()
    if not hmac.compare_digest(wanted, given.removeprefix(_SCHEME)):
        return "the signature does not match"
    return None


def _recent(date: str) -> bool:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return False
    return abs((datetime.now(UTC) - moment).total_seconds()) < _CLOCK_SECONDS
