"""Signing people in with Entra ID: OpenID Connect, authorization code with PKCE, by ``oauthlib``.

The protocol is that of learn.microsoft.com, "Microsoft identity platform and OAuth 2.0 authorization code flow" and
"OpenID Connect on the Microsoft identity platform": addresses are made of authority and tenant, so nothing has to be
asked for before the first person signs in. ``oauthlib`` writes and reads requests and answers; it opens no connection.
"""

import hmac
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import aiohttp
import jwt
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from oauthlib.oauth2.rfc6749.errors import MismatchingStateError

from backend.adapters.entra.refusals import refusal
from backend.adapters.entra.tokens import EntraTokens
from backend.domain.signing_in import Departure, SignedIn
from backend.errors import AuthError, SignInRefused, SignInTrouble, Unavailable

__all__ = ["EntraApplication", "EntraDirectory"]

_SCOPE = ("openid", "profile", "offline_access")
_LIMIT_S = 8.0
_LARGEST = 64 * 1024
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SOMEWHERE = "https://entra"
"""``oauthlib`` wants to see TLS in addresses, and is shown this one: the real one may be the local Azure on loopback.
That it is nothing worse is checked in the settings."""
_OURS = frozenset({"away", "setup", "clock"})
"""Troubles for which the person who is signed in can do nothing."""

Claims = Mapping[str, Any]
Check = Callable[[str], Awaitable[Claims]]
"""The claims of an ``Authorization`` value whose signature, issuer, audience and times hold."""


@dataclass(frozen=True, slots=True)
class EntraApplication:
    """The application that people sign in to, as it is registered.

    Args:
        authority: ``https://login.microsoftonline.com``, or that of another cloud.
        tenant: id of the tenant whose people may sign in.
        client_id: id of the application.
        back: the address that browsers come back to, as it is registered.
        secret: what the server proves itself with; empty: a token of its managed identity.
    """

    authority: str
    tenant: str
    client_id: str
    back: str
    secret: str = field(default="", repr=False)

    @property
    def issuer(self) -> str:
        """Who signs proofs."""
        return f"{self.authority}/{self.tenant}/v2.0"

    @property
    def keys(self) -> str:
        """Where the keys are published that it signs with."""
        return f"{self.authority}/{self.tenant}/discovery/v2.0/keys"

    def endpoint(self, name: str) -> str:
        """``authorize``, ``token`` or ``logout``."""
        return f"{self.authority}/{self.tenant}/oauth2/v2.0/{name}"


class EntraDirectory:
    """``Directory`` of one tenant.

    Args:
        application: what is registered there.
        check: checks proofs (ID tokens).
        identity: proves who this server is, where the application has no secret.
    """

    def __init__(self, application: EntraApplication, check: Check, identity: EntraTokens) -> None:
        self._application = application
        self._check = check
        self._identity = identity

    def begin(self, *, choose: bool = False) -> Departure:
        """Where a browser goes to sign in, and what it must bring back.

        Args:
            choose: have the person choose an account, even where Entra ID knows one.
        """
        client, application = self._client(), self._application
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked: str = client.prepare_request_uri(
            _SOMEWHERE,
            redirect_uri=application.back,
            scope=list(_SCOPE),
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            nonce=nonce,
            response_mode="query",
            prompt="select_account" if choose else "",
        )
        query = asked.partition("?")[2]
        return Departure(f"{application.endpoint('authorize')}?{query}", state, nonce, verifier)

    async def finish(self, departure: Departure, query: str) -> SignedIn:
        """Who has come back.

        Raises:
            SignInRefused: it is not proven who they are.
        """
        code = self._code(departure, query)
        try:
            found = await self._exchange(code, departure.verifier)
        except Unavailable as error:
            raise SignInRefused("away", str(error)) from error
        nonce = found.claims.get("nonce")
        if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), departure.nonce.encode()):
            raise SignInRefused("unproven", "the proof is for another sign-in: its nonce is not ours")
        return found

    async def renew(self, renewal: str) -> SignedIn:
        """Does Entra ID still stand by somebody, and with which roles?

        Raises:
            SignInRefused: no more.
            Unavailable: it cannot be asked now.
        """
        client, proof = self._client(), await self._proof()
        body = client.prepare_refresh_body(
            refresh_token=renewal, scope=list(_SCOPE), client_id=self._application.client_id, **proof
        )
        try:
            return await self._vouched(await self._ask(body))
        except SignInRefused as error:
            if error.trouble in _OURS:
                raise Unavailable("identity", str(error)) from error
            raise

    def farewell(self, hint: str = "") -> str:
        """Where a browser goes to be signed out there, too; it comes back to where it comes back from signing in."""
        asked = {"post_logout_redirect_uri": self._application.back} | ({"logout_hint": hint} if hint else {})
        return f"{self._application.endpoint('logout')}?{urlencode(asked, quote_via=quote)}"

    async def close(self) -> None:
        """Close the connections to the managed identity's endpoint."""
        await self._identity.close()

    def _client(self) -> WebApplicationClient:
        return WebApplicationClient(self._application.client_id)

    async def _exchange(self, code: str, verifier: str) -> SignedIn:
        body = self._client().prepare_request_body(
            code=code, redirect_uri=self._application.back, code_verifier=verifier, **await self._proof()
        )
        return await self._vouched(await self._ask(body))

    def _code(self, departure: Departure, query: str) -> str:
        given = dict(parse_qsl(query, keep_blank_values=True))
        try:
            found = self._client().parse_request_uri_response(f"{_SOMEWHERE}?{query}", state=departure.state)
        except MismatchingStateError as error:
            raise SignInRefused("stale", "the state is not that of this browser") from error
        except OAuth2Error as error:
            raise refusal(given) from error
        return str(found["code"])

    async def _proof(self) -> dict[str, Any]:
        """That it is this server which asks. Always sent: a code alone is worth nothing to who has stolen it."""
        if self._application.secret:
            return {"client_secret": self._application.secret}
        return {"client_assertion_type": _ASSERTION, "client_assertion": await self._identity.token()}

    async def _ask(self, body: str) -> str:
        """What the token endpoint says.

        Raises:
            Unavailable: nothing, nothing in time, or too much.
        """
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            timeout = aiohttp.ClientTimeout(total=_LIMIT_S)
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.post(
                    self._application.endpoint("token"), data=body, headers=kind, allow_redirects=False
                ) as answer,
            ):
                read = bytearray()
                async for part in answer.content.iter_chunked(8192):
                    read += part
                    if len(read) > _LARGEST:
                        raise Unavailable("identity", "Entra ID answered without end")
                if answer.status >= 500 or answer.status == 429:
                    raise Unavailable("identity", f"Entra ID answered {answer.status}")
                return read.decode()
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeDecodeError) as error:
            raise Unavailable("identity", f"Entra ID did not answer: {type(error).__name__}") from error

    async def _vouched(self, answer: str) -> SignedIn:
        """Of whom an answer speaks, if its proof holds.

        Raises:
            SignInRefused: it does not, or there is none.
            Unavailable: that cannot be told now.
        """
        said = _object(answer)
        try:
            tokens = self._client().parse_request_body_response(answer)
        except OAuth2Error as error:
            raise refusal(said) from error
        except (ValueError, TypeError, Warning) as error:
            raise SignInRefused("unproven", "the answer cannot be read") from error
        proof, renewal = tokens.get("id_token"), tokens.get("refresh_token")
        if not isinstance(proof, str):
            raise SignInRefused("unproven", "the answer has no ID token")
        return SignedIn(await self._claims(proof), renewal if isinstance(renewal, str) else "")

    async def _claims(self, proof: str) -> Claims:
        try:
            claims = await self._check(f"Bearer {proof}")
        except AuthError as error:
            raise SignInRefused(_why(error.__cause__), str(error)) from error
        if claims.get("tid") != self._application.tenant:
            raise SignInRefused("tenant", "the proof is of another tenant")
        if not isinstance(claims.get("oid") or claims.get("sub"), str):
            raise SignInRefused("unproven", "the proof names nobody")
        return claims


def _object(answer: str) -> Mapping[str, Any]:
    """The JSON object of an answer.

    Raises:
        SignInRefused: it is none.
    """
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise SignInRefused("unproven", "the answer is no JSON object")
    return said


def _why(cause: BaseException | None) -> SignInTrouble:
    """A proof that has come straight from Entra ID can only be over, or not yet begun, where a clock is wrong."""
    if isinstance(cause, jwt.ExpiredSignatureError | jwt.ImmatureSignatureError):
        return "clock"
    return "tenant" if isinstance(cause, jwt.InvalidIssuerError) else "unproven"
