"""All routes under ``/calling``."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local_azure.acs.call_routes import CallRoutes
from local_azure.acs.media_routes import MediaRoutes
from local_azure.acs.recording_routes import RecordingRoutes
from local_azure.acs.rest import Rest
from local_azure.acs.switchboard import Switchboard
from local_azure.state import EmulatorState
from local_azure.tokens import ACS_ISSUER
from local_azure.voices import Voices

__all__ = ["routes"]


def routes(state: EmulatorState, board: Switchboard, voices: Voices) -> list[BaseRoute]:
    """Call Automation's REST, and the keys that its tokens are signed with."""
    rest = Rest(state)

    async def keys(request: Request) -> Response:
        return JSONResponse(state.signer.jwks())

    async def openid(request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": ACS_ISSUER,
                "jwks_uri": f"{state.base_url}/calling/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    return [
        Route("/calling/keys", keys),
        Route("/calling/.well-known/acsopenidconfiguration", openid),
        *CallRoutes(board, rest).routes(),
        *MediaRoutes(board, rest, voices).routes(),
        *RecordingRoutes(board, rest).routes(),
    ]
