"""The console: its one page, and the files that it loads. They hold nothing of calls, so everybody may have them."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from backend.api.access import Services
from backend.console.files import console_files
from backend.errors import NotInStore

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FEATURES = "microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), payment=()"
"""What of this machine the page may ask a person for."""
_KEPT = "public, max-age=31536000, immutable"
"""The page names each file with the hash of all, so that another version has another address."""


@router.get("/")
@router.get("/sign-in")
async def page(found: Services) -> HTMLResponse:
    """The page. What is behind ``/sign-in#`` is a code, which the page exchanges for a cookie."""
    entra = found.access.entra
    shell = console_files().shell(entra.begin_at if entra else "")
    return HTMLResponse(
        shell.page,
        headers={
            "Content-Security-Policy": shell.policy,
            "Permissions-Policy": _FEATURES,
            "Cache-Control": "no-store",
        },
    )


@router.get("/console/{name}")
async def file(name: str) -> Response:
    """One of its files."""
    found = console_files().files.get(name)
    if found is None:
        raise NotInStore("the console has no such file")
    return Response(found.body, media_type=found.media_type, headers={"Cache-Control": _KEPT})
