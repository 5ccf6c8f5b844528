"""Operations: all cases that fit some filters as one file, for a spreadsheet or a program."""

import csv
import io
import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from backend.api.access import Services
from backend.api.case_views import FoundCaseView, found_case_shown, named_view
from backend.api.services import ApiServices
from backend.api.totals import tell_totals
from backend.domain.callback import CALL_BACK_CASE, WISH_FIELDS
from backend.domain.case_names import CaseNames
from backend.domain.search import CaseQuery, FoundCase

__all__ = ["cell", "export_route"]

_PAGE = 50
"""Cases that are read and written at once: so few that no call waits for it."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def export_route(
    names: CaseNames, query_of: Callable[..., Awaitable[CaseQuery]]
) -> Callable[..., Awaitable[StreamingResponse]]:
    """The route that gives cases under these names as a file; ``query_of`` reads the filters of their list."""

    view = named_view(FoundCaseView, names)

    async def export_cases(
        found: Services,
        query: Annotated[CaseQuery, Depends(query_of)],
        as_: Annotated[
            Literal["csv", "json"],
            Query(
                alias="as", description="`csv`: a row for each case, a column for each field. `json`: as in the list."
            ),
        ] = "csv",
    ) -> StreamingResponse:
        """With the filters of the list, and without its pages, the newest first. A text that a spreadsheet would run
        as a formula has an apostrophe in front of it.

        A file that ends before its time (the database went away) is a broken download, never a shorter file.
        """
        first = await found.case_search.list(query, limit=_PAGE)
        written = _json(found, names, query, first, view) if as_ == "json" else _csv(found, names, query, first, view)
        kind = "application/json" if as_ == "json" else "text/csv; charset=utf-8"
        answer = StreamingResponse(written, media_type=kind)
        answer.headers["Content-Disposition"] = f'attachment; filename="{names.api}.{as_}"'
        tell_totals(answer, await found.case_search.count(query), query.test)
        return answer

    return export_cases


async def _pages(
    found: ApiServices, query: CaseQuery, page: Sequence[FoundCase]
) -> AsyncGenerator[Sequence[FoundCase]]:
    """This page and all behind it."""
    while page:
        yield page
        if len(page) < _PAGE:
            return
        last = page[-1]
        page = await found.case_search.list(query, limit=_PAGE, before=last.moment, before_id=last.case.call_id)


async def _json(
    found: ApiServices, names: CaseNames, query: CaseQuery, first: Sequence[FoundCase], view: type[BaseModel]
) -> AsyncGenerator[str]:
    mark = "["
    async for page in _pages(found, query, first):
        for case in page:
            yield f"{mark}\n{json.dumps(_shown(case, names, view), ensure_ascii=False)}"
            mark = ","
    yield "[]\n" if mark == "[" else "\n]\n"


async def _csv(
    found: ApiServices, names: CaseNames, query: CaseQuery, first: Sequence[FoundCase], view: type[BaseModel]
) -> AsyncGenerator[str]:
    columns, fields = _columns(names), _fields(found, query, first)
    steps = [] if names.form else ["steps"]
    yield "\ufeff" + _row([*columns, *fields, "other_fields", "notes", "corrections", *steps])
    async for page in _pages(found, query, first):
        for case in page:
            shown = _shown(case, names, view)
            others = {name: value for name, value in shown["fields"].items() if name not in fields}
            yield _row(
                [
                    *(shown[name] for name in columns),
                    *(shown["fields"].get(name) for name in fields),
                    others or None,
                    shown["notes"] or None,
                    shown.get("corrections") or None,
                    *(shown[name] or None for name in steps),
                ]
            )


def _shown(case: FoundCase, names: CaseNames, view: type[BaseModel]) -> dict[str, Any]:
    """As the list has it."""
    return view.model_validate(found_case_shown(case, names), from_attributes=True).model_dump(mode="json")


def _columns(names: CaseNames) -> list[str]:
    plain = ["number", "form", "status", "filed_at", "updated_at", "line", "subject", "verified", "test", "broken_off"]
    return [names.key(name) for name in [*plain, "call_id"] if not (names.form and name == "form")]


def _fields(found: ApiServices, query: CaseQuery, first: Sequence[FoundCase]) -> list[str]:
    """A column for each field of the form that is asked for; of all forms of the first page where none is."""
    forms = [query.form] if query.form else sorted({one.case.form for one in first})
    names: list[str] = []
    for name in forms:
        known = found.store.form(name)
        names += [field.name for field in known.fields] if known else WISH_FIELDS if name == CALL_BACK_CASE else []
    return list(dict.fromkeys(names))


def _row(values: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow([cell(value) for value in values])
    return line.getvalue()


def cell(value: Any) -> Any:
    """A value as a cell: a list or object as JSON, and no text that a spreadsheet would run."""
    if value is None or isinstance(value, int | float):
        return {True: "true", False: "false"}[value] if isinstance(value, bool) else value
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping | list) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
