"""Errors of our tree as HTTP answers."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from backend.agents.problem import Problem
from backend.agents.shape import expected_of
from backend.errors import (
    AlreadyInStore,
    AuthError,
    CallNotFound,
    CallRefused,
    CaseConflict,
    CaseUnguarded,
    EditConflict,
    EditRefused,
    EditUnguarded,
    ExportTooLarge,
    Forbidden,
    KeyRefused,
    NotInStore,
    PoolExhausted,
    ProtocolError,
    ProviderError,
    RingmasterError,
    SealBroken,
    SessionLost,
    StoreError,
    TooManyGuesses,
    TooManyRequests,
)

__all__ = [
    "Fault",
    "FaultDetail",
    "StoreFault",
    "describe_faults",
    "fault_of",
    "fault_schemas",
    "message_of",
    "problems_of",
    "status_of",
]

_REFERENCE = "#/components/schemas/Fault"

_STATUS: tuple[tuple[type[RingmasterError], int], ...] = (
    (Forbidden, 403),
    (TooManyGuesses, 429),
    (TooManyRequests, 429),
    (AuthError, 401),
    (ProtocolError, 400),
    (CallNotFound, 404),
    (ExportTooLarge, 409),
    (CallRefused, 409),
    (KeyRefused, 409),
    (StoreError, 422),
    (EditConflict, 412),
    (CaseConflict, 412),
    (EditUnguarded, 428),
    (CaseUnguarded, 428),
    (NotInStore, 404),
    (AlreadyInStore, 409),
    (EditRefused, 409),
    (SealBroken, 409),
    (PoolExhausted, 503),
    (ProviderError, 503),
    (SessionLost, 503),
)


class StoreFault(BaseModel):
    """One thing that is wrong with a store."""

    file: str
    line: int = 0
    """Counted from 1; 0 when the whole file is meant."""
    message: str


class FaultDetail(BaseModel):
    """What went wrong."""

    code: str
    """Stable code, as in the error tree."""
    message: str
    """One sentence; for a store that did not pass the check what ``ringmaster check`` prints."""
    problems: list[StoreFault] | None = None
    """Every fault of a store that did not pass the check; else left out."""


class Fault(BaseModel):
    """Every error answer of the API."""

    error: FaultDetail


def fault_of(description: str) -> dict[str, Any]:
    """What a route documents of one of its error answers. By name: a model would be built anew for every status of
    every route, which is most of what it takes to start the API."""
    return {"description": description, "content": {"application/json": {"schema": {"$ref": _REFERENCE}}}}


def fault_schemas() -> dict[str, Any]:
    """What the API's document says of ``Fault`` and of all that it is made of, by name."""
    schema = Fault.model_json_schema(ref_template="#/components/schemas/{model}")
    named: dict[str, Any] = {**schema.pop("$defs"), "Fault": schema}
    for model in named.values():
        for one in model["properties"].values():
            if one.get("default", "") is None:
                del one["default"]  # as everywhere in the document: what may be left out has none
    return named


def status_of(error: RingmasterError) -> int:
    """The HTTP status of an error: 4xx when the sender is wrong, 503 when we are."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def message_of(error: RingmasterError) -> str:
    """What its sender is told. What a forged token got wrong is for our log only; who may not do a thing is known."""
    hidden = isinstance(error, AuthError) and not isinstance(error, (Forbidden, TooManyGuesses))
    return "not authorized" if hidden else str(error)


def describe_faults(app: FastAPI) -> None:
    """Answer our errors in one shape."""

    async def answer(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RingmasterError)
        status = status_of(error)
        problems = problems_of(error) if isinstance(error, StoreError) else None
        detail = FaultDetail(code=error.code, message=message_of(error), problems=problems)
        return JSONResponse({"error": detail.model_dump(exclude_none=True)}, status)

    app.add_exception_handler(RingmasterError, answer)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(ClientDisconnect, _gone)


def _where(fault: Any) -> str:
    """The field; what is no JSON has none, only a letter at which it breaks."""
    return "body" if fault["type"] == "json_invalid" else ".".join(map(str, fault["loc"]))


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [f"{_where(one)}: {expected_of(dict(one))}" for one in error.errors()]
    return _fault("request.invalid", "; ".join(found), 422)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _fault(f"http.{error.status_code}", str(error.detail), error.status_code, error.headers)


async def _gone(_: Request, __: Exception) -> JSONResponse:
    """The client went before its request had come: nobody reads this, and it is no failure of ours."""
    return _fault("http.499", "the request did not come whole", 499)


def _fault(code: str, message: str, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    detail = FaultDetail(code=code, message=message)
    return JSONResponse({"error": detail.model_dump(exclude_none=True)}, status, headers)


def problems_of(error: StoreError) -> list[StoreFault]:
    """Every fault of a store that did not pass the check."""
    return [
        StoreFault(file=fault.file, line=fault.line, message=fault.message)
        if isinstance(fault, Problem)
        else StoreFault(file="", message=str(fault))
        for fault in error.details
    ]
