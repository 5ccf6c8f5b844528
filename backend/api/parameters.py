"""Parameters of requests: none is passed over in silence, and what is meant by one is read in one place."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BeforeValidator, Field

from backend.agents.problem import nearest
from backend.api.written import check_year, read_caller, read_moment

__all__ = [
    "Caller",
    "Limit",
    "Moment",
    "Word",
    "check_period",
    "known_parameters",
    "wrong",
]


async def known_parameters(request: Request) -> None:
    """A parameter that the route does not have, or has once and is given twice, is an error: its answer would be that
    to another question.

    Raises:
        RequestValidationError: naming each.
    """
    known = _documented(request)
    if known is None:
        return
    given = Counter(name for name, _ in request.query_params.multi_items())
    faults = [(name, f"unknown parameter{_known(name, known)}") for name in given if name not in known]
    faults += [(name, "given more than once; give it once") for name in given if name in known and given[name] > 1]
    if faults:
        raise wrong(*faults)


def _documented(request: Request) -> set[str] | None:
    """The query's parameters as the API's document has them: what is promised there is what is taken. (Not read from
    the document itself, which takes half a second to make.)"""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return None
    return set(_query_names(route.dependant))


def _query_names(dependant: Dependant) -> Iterator[str]:
    """The query's parameters of a route, with those of all that it depends on."""
    yield from (field.alias for field in dependant.query_params if _is_promised(field.field_info))
    for one in dependant.dependencies:
        yield from _query_names(one)


def _is_promised(parameter: object) -> bool:
    """Does the document tell of it? An alias of cases has parameters that only the plain names tell of."""
    return bool(getattr(parameter, "include_in_schema", True))


def _known(name: str, known: set[str]) -> str:
    return nearest(name[:80], known) if known else "; this takes none"


def wrong(*faults: tuple[str, str]) -> RequestValidationError:
    """Parameters that cannot be taken, as the error that is answered with a 422."""
    return RequestValidationError([{"type": "value_error", "loc": ("query", name), "msg": say} for name, say in faults])


def _as_moment(value: Any) -> Any:
    return read_moment(value) if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_as_moment), AfterValidator(check_year)]
"""A moment with its time zone; in UTC once it is read."""

Word = Annotated[str, Field(min_length=1, max_length=128)]
"""A name; an empty one would be no filter at all."""

Limit = Annotated[int, Query(ge=1, le=200, description="The most entries to return, 1 to 200.")]

Caller = Annotated[str, Field(max_length=256), AfterValidator(read_caller)]
"""A caller's number as it stands in calls; empty for ``withheld``."""


def check_period(since: datetime | None, until: datetime | None) -> None:
    """Can anything lie between the two?

    Raises:
        RequestValidationError: nothing can.
    """
    if since is not None and until is not None and since >= until:
        raise wrong(("since", "expected a moment before until"))
