"""All routes under ``/calling``."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from backend.emulator.acs.call_routes import CallRoutes
from backend.emulator.acs.media_routes import MediaRoutes
from backend.emulator.acs.recording_routes import RecordingRoutes
from backend.emulator.acs.rest import Rest
from backend.emulator.acs.switchboard import Switchboard
from backend.emulator.state import EmulatorState
from backend.emulator.tokens import ACS_ISSUER
from backend.emulator.voices import Voices

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
