"""Tokens that the local Azure signs, and the keys to check them with.

Call Automation signs its callbacks and its media sockets with RS256; the keys are published as a JWKS. Callback
tokens live five minutes, media tokens a day; both name the ACS resource as their audience.
Source: learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint.
"""

import json
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

__all__ = ["ACS_ISSUER", "CALLBACK_SECONDS", "MEDIA_SECONDS", "Signer"]

ACS_ISSUER = "https://acscallautomation.communication.azure.com"
"""Issuer of the tokens on callbacks and media sockets."""
CALLBACK_SECONDS = 5 * 60
MEDIA_SECONDS = 24 * 60 * 60


class Signer:
    """One RSA key. Made once for each process: making it takes a few hundred milliseconds."""

    def __init__(self) -> None:
        self.key_id = uuid4().hex

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, *, issuer: str, audience: str, seconds: float, claims: Mapping[str, Any] | None = None) -> str:
        """A JWT that is valid from now for ``seconds``, with further ``claims``."""
        now = int(time.time())
        body = {"iss": issuer, "aud": audience, "iat": now, "nbf": now, "exp": now + int(seconds), **(claims or {})}
        return jwt.encode(body, self._key, algorithm="RS256", headers={"kid": self.key_id})

    def holds(self, token: str, audience: str) -> bool:
        """Is it a token of ours, still valid, for this audience?"""
        try:
            jwt.decode(token, self._key.public_key(), algorithms=["RS256"], audience=audience)
        except jwt.InvalidTokenError:
            return False
        return True

    def jwks(self) -> dict[str, Any]:
        """The public key as a JSON Web Key Set."""
        key: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**key, "kid": self.key_id, "use": "sig", "alg": "RS256"}]}
