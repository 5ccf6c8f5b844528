"""Entra ID: tokens for the operations API, for protected Event Grid deliveries and for managed identities.

Every tenant, client and secret is taken; what a token may do is asked for in the request (``roles``), because there
is no directory here.
"""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

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
        form = await request.form()
        client = str(form.get("client_id") or "")
        scope = str(form.get("scope") or "")
        if not client or not scope:
            body = {"error": "invalid_request", "error_description": "client_id and scope are needed"}
            return JSONResponse(body, 400)
        audience = scope.split()[0].removesuffix("/.default")
        claims = {
            "azp": client,
            "oid": client,
            "sub": client,
            "tid": request.path_params["tenant"],
            "roles": str(form.get("roles") or "").split(),
            "ver": "2.0",
        }
        signed = state.signer.sign(
            issuer=entra_issuer(state, request.path_params["tenant"]),
            audience=audience,
            seconds=_SECONDS,
            claims=claims,
        )
        return JSONResponse({"token_type": "Bearer", "expires_in": _SECONDS, "access_token": signed})

    async def identity(request: Request) -> Response:
        """As Container Apps lends it to a container (``IDENTITY_ENDPOINT`` and ``IDENTITY_HEADER``)."""
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

    async def keys(request: Request) -> Response:
        return JSONResponse(state.signer.jwks())

    async def openid(request: Request) -> Response:
        tenant = request.path_params["tenant"]
        root = f"{state.base_url}/entra/{tenant}"
        return JSONResponse(
            {
                "issuer": entra_issuer(state, tenant),
                "token_endpoint": f"{root}/oauth2/v2.0/token",
                "jwks_uri": f"{root}/discovery/v2.0/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    return [
        Route("/entra/identity/token", identity),
        Route("/entra/{tenant}/oauth2/v2.0/token", token, methods=["POST"]),
        Route("/entra/{tenant}/discovery/v2.0/keys", keys),
        Route("/entra/{tenant}/v2.0/.well-known/openid-configuration", openid),
    ]
