"""Operations: cases that were filed, and drafts that broke off."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import StreamingResponse

from backend.api.access import Person, Services
from backend.api.audited import admitted
from backend.api.case_corrections import CORRECTION_FAULTS, correction_route
from backend.api.case_export import export_route
from backend.api.case_views import CaseView, FoundCaseView, case_shown, found_case_shown, named_view
from backend.api.faults import fault_of
from backend.api.parameters import Caller, Limit, Moment, Word, check_period, known_parameters, wrong
from backend.api.scope import require_case
from backend.api.services import ApiServices
from backend.api.totals import TOTAL_HEADERS, tell_totals
from backend.api.written import place_of
from backend.domain.case import Case
from backend.domain.case_names import PLAIN_NAMES, CaseNames
from backend.domain.principal import Principal
from backend.domain.private import Private
from backend.domain.search import CaseQuery, FormStatus, WantedStatus
from backend.errors import CallNotFound

__all__ = ["case_routes"]

_STATUS = (
    "`draft`: not filed, whether its call goes on or not. `broken_off`: a draft whose call is over. `open`, `called`, "
    "`done`: wishes to be called back that stand so; `filed` with the form `call_back`: all of those. `any`: all."
)
_OF_A_FORM = (
    "`draft`: not filed, whether its call goes on or not. `broken_off`: a draft whose call is over. `any`: all of them."
)
_Answer = dict[str, Any]


@cache
def case_routes(names: CaseNames = PLAIN_NAMES) -> APIRouter:
    """The routes of cases: of all forms under the plain names, of one form under its own."""
    router = APIRouter(
        prefix=f"/api/v1/{names.api}",
        tags=[names.api],
        dependencies=[admitted, Depends(known_parameters)],
        responses=_faults(names),
    )
    shown, listed = named_view(CaseView, names), named_view(FoundCaseView, names)
    tag: dict[int | str, dict[str, Any]] = {
        200: {"headers": {"ETag": {"description": "What If-Match wants.", "schema": {"type": "string"}}}}
    }
    router.get("", summary="Cases, the newest first", responses={200: TOTAL_HEADERS}, response_model=list[listed])(
        _list_route(names)
    )
    router.get("/export", summary="All cases that fit, as a file", response_class=StreamingResponse)(
        export_route(names, _query_of(names))
    )
    one = f"/{{{names.id}}}"
    router.get(one, summary="One filed case", response_model=shown, responses=tag)(_detail_route(names))
    router.patch(
        one, summary="Put fields of a filed case right", response_model=shown, responses=tag | CORRECTION_FAULTS
    )(correction_route(names, _case_of))
    return router


def _faults(names: CaseNames) -> dict[int | str, dict[str, object]]:
    return {
        401: fault_of("no key, or the wrong one"),
        404: fault_of(f"no such {_one(names)}"),
        503: fault_of("the database did not answer"),
    }


def _one(names: CaseNames) -> str:
    """What one of them is called in a sentence."""
    return names.api.removesuffix("s")


def _query_of(names: CaseNames) -> Callable[..., Awaitable[CaseQuery]]:
    """Reads the filters of a list."""

    async def query(
        person: Person,
        form: Annotated[
            Word | None,
            Query(include_in_schema=not names.form, description="`call_back`: wishes to be called back."),
        ] = None,
        status: Annotated[WantedStatus, Query(description=_STATUS)] = "filed",
        line: Word | None = None,
        agent: Annotated[Word | None, Query(description="One of the agents that spoke with the caller.")] = None,
        since: Annotated[
            Moment | None, Query(description="Only cases filed (drafts: last changed) at or after this time.")
        ] = None,
        until: Annotated[
            Moment | None, Query(description="Only cases filed (drafts: last changed) before this time.")
        ] = None,
        caller: Annotated[
            Caller | None, Query(description="The number that called, or was called; or `withheld`.")
        ] = None,
        subject: Annotated[Word | None, Query(alias=names.subject)] = None,
        verified: Annotated[
            bool | None, Query(description="true: only cases whose caller was verified; false: only others.")
        ] = None,
        test: Annotated[bool | None, Query(description="true: only cases of tests; false: only of real calls.")] = None,
    ) -> CaseQuery:
        check_period(since, until)
        return CaseQuery(
            form=names.form or form or "",
            status=status,
            line=line or "",
            agent=agent or "",
            since=since,
            until=until,
            caller=None if caller is None else Private(caller),
            subject=subject or "",
            verified=verified,
            test=test,
            lines=person.lines,
        )

    if names.form:  # an alias is of one form, and refuses what it always refused
        query.__annotations__["status"] = Annotated[FormStatus, Query(description=_OF_A_FORM)]
    return query


def _list_route(names: CaseNames) -> Callable[..., Awaitable[list[_Answer]]]:
    last_seen = f"The `call_id` or `{names.id}` of the last one seen; or a moment."
    several = "" if names.form else " Of a call with cases of several forms: `CALL_ID/FORM`."

    async def list_cases(
        found: Services,
        response: Response,
        query: Annotated[CaseQuery, Depends(_query_of(names))],
        limit: Limit = 50,
        before: Annotated[Word | None, Query(description=last_seen + several)] = None,
    ) -> list[_Answer]:
        """Filed ones, or drafts where `status` asks for them; all filters must fit.

        Those of tests are listed with their mark and left out of the total. The next page: `before` with the last one
        of this page; a moment does, too, but may skip those of the same microsecond.
        """
        tell_totals(response, await found.case_search.count(query), query.test)
        moment, last = await _place(found, names, query, before)
        cases = await found.case_search.list(query, limit=limit, before=moment, before_id=last)
        return [found_case_shown(case, names) for case in cases]

    return list_cases


async def _place(
    found: ApiServices, names: CaseNames, query: CaseQuery, before: str | None
) -> tuple[datetime | None, str]:
    if before is None:
        return None, ""
    if moment := place_of(before):
        return moment, ""
    name, _, form = before.partition("/")
    case = await found.case_search.find(name, form or query.form)
    hidden = case is None or (query.lines is not None and case.line not in query.lines)
    if case is None or hidden or query.form not in ("", case.case.form):
        one = f"expected the call_id or {names.id} of a {_one(names)}, or a moment, got {before!r}"
        raise wrong(("before", one))
    return case.moment, case.case.call_id


def _detail_route(names: CaseNames) -> Callable[..., Awaitable[_Answer]]:
    async def get_case(
        found: Services, person: Person, number: Annotated[str, Path(alias=names.id)], response: Response
    ) -> _Answer:
        """Everything that the caller said, with what people put right."""
        case = await _case_of(found, person, number, names)
        response.headers["ETag"] = f'"{case.revision}"'
        return case_shown(case, names)

    return get_case


async def _case_of(found: ApiServices, person: Principal, number: str, names: CaseNames) -> Case:
    try:
        await require_case(found, person, number)
        case = await found.cases.get(number)
    except CallNotFound:
        case = None
    if case is None or names.form not in ("", case.form):
        raise CallNotFound(f"no {_one(names)} {number}")
    return case
