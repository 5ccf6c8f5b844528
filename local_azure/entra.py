"""Entra ID: tokens for the operations API, for Event Grid's deliveries, for managed identities and for who signs in.

Every tenant, client and secret is taken. What the token of a program may do is asked for in the request (``roles``);
people have the roles of the directory (``entra_people``).
"""

import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local_azure.entra_people import EntraError
from local_azure.entra_sign_in import sign_in_routes
from local_azure.state import EmulatorState
from local_azure.wire_faults import misbehave

__all__ = ["entra_issuer", "routes"]

_SECONDS = 3600


def entra_issuer(state: EmulatorState, tenant: str) -> str:
    """Issuer of a tenant's tokens."""
    return f"{state.base_url}/entra/{tenant}/v2.0"


def routes(state: EmulatorState) -> list[BaseRoute]:
    """Token, keys and OpenID configuration of every tenant under ``/entra``."""

    async def token(request: Request) -> Response:
        broken = await misbehave(state.faults.take("entra", request.url.path), request)
        if broken is not None:
            return broken
        form = {name: str(value) for name, value in (await request.form()).items()}
        if form.get("grant_type") in ("authorization_code", "refresh_token"):
            return _signed_in(state, request.path_params["tenant"], form)
        return _granted(state, request.path_params["tenant"], form)

    async def identity(request: Request) -> Response:
        return _lent(state, request)

    async def keys(request: Request) -> Response:
        return JSONResponse(state.signer.jwks())

    async def openid(request: Request) -> Response:
        return JSONResponse(_configuration(state, request.path_params["tenant"]))

    return [
        *sign_in_routes(state),
        Route("/entra/identity/token", identity),
        Route("/entra/{tenant}/oauth2/v2.0/token", token, methods=["POST"]),
        Route("/entra/{tenant}/discovery/v2.0/keys", keys),
        Route("/entra/{tenant}/v2.0/.well-known/openid-configuration", openid),
    ]


def _granted(state: EmulatorState, tenant: str, form: Mapping[str, str]) -> Response:
    """A token for a program that shows itself with its own secret."""
    client = form.get("client_id", "")
    scope = form.get("scope", "")
    if not client or not scope:
        body = {"error": "invalid_request", "error_description": "client_id and scope are needed"}
        return JSONResponse(body, 400)
    audience = scope.split()[0].removesuffix("/.default")
    claims = {
        "azp": client,
        "oid": client,
        "sub": client,
        "tid": tenant,
        "roles": form.get("roles", "").split(),
        "ver": "2.0",
    }
    issuer = entra_issuer(state, tenant)
    signed = state.signer.sign(issuer=issuer, audience=audience, seconds=_SECONDS, claims=claims)
    return JSONResponse({"token_type": "Bearer", "expires_in": _SECONDS, "access_token": signed})


def _lent(state: EmulatorState, request: Request) -> Response:
    """A token as Container Apps lends it to a container (``IDENTITY_ENDPOINT`` and ``IDENTITY_HEADER``)."""
    resource, client = request.query_params.get("resource"), request.query_params.get("client_id", "")
    if not resource or not request.headers.get("x-identity-header"):
        return JSONResponse({"statusCode": 400, "message": "resource and X-IDENTITY-HEADER are needed"}, 400)
    issuer, claims = entra_issuer(state, "local"), {"oid": client, "sub": client}
    signed = state.signer.sign(issuer=issuer, audience=resource, seconds=_SECONDS, claims=claims)
    expires = str(int(time.time()) + _SECONDS)
    return JSONResponse(
        {
            "access_token": signed,
            "expires_on": expires,
            "resource": resource,
            "token_type": "Bearer",
            "client_id": client,
        }
    )


def _configuration(state: EmulatorState, tenant: str) -> Mapping[str, Any]:
    """What OpenID Connect discovery tells of a tenant."""
    root = f"{state.base_url}/entra/{tenant}"
    return {
        "issuer": entra_issuer(state, tenant),
        "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
        "token_endpoint": f"{root}/oauth2/v2.0/token",
        "end_session_endpoint": f"{root}/oauth2/v2.0/logout",
        "jwks_uri": f"{root}/discovery/v2.0/keys",
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def _signed_in(state: EmulatorState, tenant: str, form: Mapping[str, str]) -> Response:
    """Tokens for a person who has signed in, or for whom their application asks again."""
    directory = state.directory
    try:
        first = form["grant_type"] == "authorization_code"
        granted = directory.exchange(form) if first else directory.renewed(form)
    except EntraError as error:
        return JSONResponse(error.body, 400)
    person = granted.person
    claims: dict[str, Any] = {
        "oid": person.id,
        "sub": f"{person.id}-here",
        "tid": tenant,
        "preferred_username": person.upn,
        "roles": list(person.roles),
        "login_hint": f"O.{person.id}",
        "ver": "2.0",
    }
    claims |= {"nonce": granted.nonce} if first else {}
    claims |= directory.says_instead
    issuer = str(claims.pop("iss", entra_issuer(state, tenant)))
    audience = str(claims.pop("aud", granted.client_id))
    proof = state.signer.sign(issuer=issuer, audience=audience, seconds=_SECONDS, claims=claims)
    if directory.unsigned:
        proof = f"{proof.rpartition('.')[0]}."
    answer = {
        "token_type": "Bearer",
        "scope": "openid profile",
        "expires_in": _SECONDS,
        "access_token": state.signer.sign(issuer=issuer, audience="https://graph", seconds=_SECONDS),
        "refresh_token": directory.renewal_for(granted),
        "id_token": proof,
    }
    return JSONResponse(answer)
