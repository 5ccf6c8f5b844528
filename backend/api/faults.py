"""Errors of our tree as HTTP answers."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from backend.errors import (
    AuthError,
    CallNotFound,
    CallRefused,
    PoolExhausted,
    ProtocolError,
    ProviderError,
    RingmasterError,
    SessionLost,
    StoreError,
)

__all__ = ["Fault", "FaultDetail", "describe_faults", "status_of"]

_STATUS: tuple[tuple[type[RingmasterError], int], ...] = (
    (AuthError, 401),
    (ProtocolError, 400),
    (CallNotFound, 404),
    (CallRefused, 409),
    (StoreError, 422),
    (PoolExhausted, 503),
    (ProviderError, 503),
    (SessionLost, 503),
)


class FaultDetail(BaseModel):
    """What went wrong."""

    code: str
    """Stable code, as in the error tree."""
    message: str
    """One sentence."""


class Fault(BaseModel):
    """Every error answer of the API."""

    error: FaultDetail


def status_of(error: RingmasterError) -> int:
    """The HTTP status of an error: 4xx when the sender is wrong, 503 when we are."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def describe_faults(app: FastAPI) -> None:
    """Answer our errors in one shape."""

    async def answer(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RingmasterError)
        status = status_of(error)
        # What a forged token got wrong is for our log only.
        message = "not authorised" if isinstance(error, AuthError) else str(error)
        return JSONResponse({"error": {"code": error.code, "message": message}}, status)

    app.add_exception_handler(RingmasterError, answer)
