"""What Entra ID has against a sign-in, as one of our few reasons (RFC 6749, 4.1.2.1 and 5.2).

Its numbers are those of learn.microsoft.com, "Microsoft Entra authentication and authorization error codes", read on
2026-11-26. Only number and name are passed on: its descriptions name people.
"""

import re
from collections.abc import Mapping
from typing import Any

from backend.errors import SignInRefused, SignInTrouble

__all__ = ["refusal"]

_NUMBER = re.compile(r"AADSTS(\d{4,9})")
_NAME = re.compile(r"[a-z_]{1,40}")

_BY_NUMBER: Mapping[int, SignInTrouble] = {
    65001: "denied",  # nobody has consented to the application
    65004: "denied",  # the person declined to
    90094: "denied",  # an administrator must consent
    90095: "denied",  # the same, and they were asked to
    50105: "no_role",  # the application wants an assignment, and there is none
    50020: "tenant",  # a person of another tenant
    50034: "tenant",  # no such person in this one
    90002: "tenant",  # no such tenant
    700016: "tenant",  # no such application in it
    50011: "setup",  # the redirect address is not registered
    70011: "setup",  # the scope is not valid
    7000215: "setup",  # the secret is wrong
    7000222: "setup",  # the secret has expired
    7000218: "setup",  # there is no secret and no assertion
    70021: "setup",  # no federated credential fits the managed identity
    700211: "setup",
    700212: "setup",
    700213: "setup",
    700024: "clock",  # the assertion is not valid now
    54005: "stale",  # the code was used already
    70008: "stale",  # the code has expired
    70000: "stale",  # the code is of nobody, or was taken back
    501481: "stale",  # the verifier is not that of the challenge
    90033: "away",
}
_BY_NAME: Mapping[str, SignInTrouble] = {
    "access_denied": "denied",
    "consent_required": "denied",
    "interaction_required": "denied",
    "invalid_grant": "stale",
    "invalid_client": "setup",
    "unauthorized_client": "setup",
    "invalid_scope": "setup",
    "invalid_request": "setup",
    "unsupported_response_type": "setup",
    "server_error": "away",
    "temporarily_unavailable": "away",
}


def refusal(said: Mapping[str, Any]) -> SignInRefused:
    """Our error for one of Entra's, as it stands in an address or in an answer of its token endpoint."""
    name = str(said.get("error", ""))
    name = name if _NAME.fullmatch(name) else "unknown"
    found = _NUMBER.search(str(said.get("error_description", ""))[:2000])
    number = int(found[1]) if found else 0
    trouble = _BY_NUMBER.get(number) or _BY_NAME.get(name, "unproven")
    return SignInRefused(trouble, f"Entra ID says {name}" + (f", AADSTS{number}" if number else ""))
