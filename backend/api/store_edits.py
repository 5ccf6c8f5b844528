"""Operations: changing agents, lines, tools, prompts and knowledge while calls run.

An edit names what it was made from: ``If-Match`` with the ETag that was read. Without it the answer is 428, with
one that is no longer right 412, and a store that would not pass the check is a 422 with the faults that
``ringmaster check`` would print. ``?check=1`` answers all the same and changes nothing.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Depends, Header, Query, Request, Response

from backend.agents.edit import Edit, EditOutcome, Match, changed_files, creation, difference, removal, replacement
from backend.agents.store import AgentStore
from backend.api.access import Live, Person
from backend.api.audited import AuditNote, Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.store import etag, file_name
from backend.api.store_views import ChangeFiles, DraftView, EditView, RevisionView, RollBack, WholeRevisionView
from backend.errors import NotInStore, ProtocolError

__all__ = ["router"]

_LARGEST = 512 * 1024
_MOST_VALUES = 10_000
"""Of JSON that becomes YAML, which takes a second then; no file of a store has a tenth of it."""

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("there is none of that name"),
    409: fault_of("there is one of that name already, or it cannot be done"),
    412: fault_of("it has changed since it was read"),
    422: fault_of("the store would not pass the check"),
    428: fault_of("If-Match is missing"),
    503: fault_of("the records or the other workers cannot be reached"),
}
_TEXT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/yaml": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
            "text/markdown": {"schema": {"type": "string"}},
        },
    }
}

router = APIRouter(
    prefix="/api/v1", tags=["store"], dependencies=[admitted, Depends(known_parameters)], responses=_FAULTS
)

Check = Annotated[bool, Query(description="Only say what it would do.")]


async def _match(
    if_match: Annotated[str | None, Header(description="ETag that the edit was made from.")] = None,
) -> Match:
    if if_match is None:
        return None
    return tuple(part.strip().removeprefix("W/").strip('"') for part in if_match.split(","))


@dataclass(frozen=True, slots=True)
class _Editor:
    """Who edits, and what the audit is told of it."""

    who: str
    note: AuditNote


async def _editor(
    person: Person,
    note: Noted,
    _: Annotated[str, Header(alias="X-Actor", description="A note for the audit. Who edits is known by the key.")] = "",
) -> _Editor:
    return _Editor(person.who, note)


@dataclass(frozen=True, slots=True)
class _Files:
    """One kind of file: its folder, what one of them is called, and for YAML its schema."""

    folder: str
    what: str
    schema: str = ""

    @property
    def path(self) -> str:
        """Its routes; texts that are no YAML may lie in folders of their own."""
        return f"/{self.folder}/{{name}}" if self.schema else f"/{self.folder}/{{name:path}}"

    def name(self, store: AgentStore, name: str) -> str:
        """The lasting name of one of them."""
        return file_name(store, self.folder, name) if self.schema else f"{self.folder}/{name}"


IfMatch = Annotated[Match, Depends(_match)]
Editor = Annotated[_Editor, Depends(_editor)]


@router.post("/store/changes", summary="Change several files at once")
async def change_files(
    wanted: ChangeFiles, live: Live, match: IfMatch, editor: Editor, check: Check = False
) -> EditView:
    """All or nothing: a new agent comes with its prompt, its place on a line and the hand-off that leads to it.

    ``If-Match`` is the ETag of ``GET /api/v1/store``.
    """
    return await _make(live, changed_files(wanted.files, match, editor.who, wanted.note), editor, check)


@router.post("/store/drafts", status_code=201, summary="Keep a draft to be tried")
async def draft(wanted: ChangeFiles, live: Live, match: IfMatch, editor: Editor) -> DraftView:
    """What the store would be with these files, if it passes the check: a version that calls can be begun with.

    Nothing goes live. ``If-Match`` is the ETag of ``GET /api/v1/store``.
    """
    store = await live.tried.keep(changed_files(wanted.files, match, editor.who), editor.who)
    editor.note.target, editor.note.after = " ".join(sorted(wanted.files)), store.version
    return DraftView(version=store.version, lines=list(store.lines), warnings=[str(one) for one in store.warnings])


@router.get("/store/revisions", summary="Versions that were live")
async def revisions(live: Live, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[RevisionView]:
    """The newest first."""
    now = live.store.store.version
    return [RevisionView.of(revision, now) for revision in await live.revisions.list(limit=limit)]


@router.get("/store/revisions/{version}", summary="One version, whole")
async def revision(version: str, live: Live) -> WholeRevisionView:
    """Every file as it was, and what would change if it went live now."""
    kept = await live.revisions.get(version) if version.isascii() and version.isalnum() else None
    if kept is None or kept.draft:
        raise NotInStore(f"no version {version[:64]!r} in the list of versions")
    now = live.store.store
    _, diff = await asyncio.to_thread(difference, now.files, kept.files)
    return WholeRevisionView(**RevisionView.of(kept, now.version).model_dump(), files=dict(kept.files), diff=diff)


@router.post("/store/rollback", summary="Go back to an earlier version")
async def roll_back(wanted: RollBack, live: Live, editor: Editor, check: Check = False) -> EditView:
    """Make it live again, as a whole. An edit on disk that did not pass the check goes, too."""
    editor.note.before, editor.note.target = live.store.store.version, wanted.version
    outcome = await live.store.rollback(wanted.version, editor.who, note=wanted.note, check=check)
    return _told(outcome, editor, check)


def _changing(file: _Files) -> Callable[..., Awaitable[EditView]]:
    async def change(
        name: str,
        request: Request,
        response: Response,
        live: Live,
        match: IfMatch,
        editor: Editor,
        check: Check = False,
    ) -> EditView:
        """Give it a new text. YAML is kept as it stands, JSON is written as YAML."""
        text = await _text(request, schema=file.schema)
        response.headers["ETag"] = etag(text)
        return await _make(live, replacement(file.name(live.store.store, name), text, match, editor.who), editor, check)

    return change


def _adding(file: _Files) -> Callable[..., Awaitable[EditView]]:
    async def add(
        name: str, request: Request, response: Response, live: Live, editor: Editor, check: Check = False
    ) -> EditView:
        """Add one that is not there yet."""
        text = await _text(request, schema=file.schema)
        response.headers["ETag"] = etag(text)
        return await _make(live, creation(file.name(live.store.store, name), text, editor.who), editor, check)

    return add


def _removing(file: _Files) -> Callable[..., Awaitable[EditView]]:
    async def remove(name: str, live: Live, match: IfMatch, editor: Editor, check: Check = False) -> EditView:
        """Take it away; calls that have it keep it."""
        return await _make(live, removal(file.name(live.store.store, name), match, editor.who), editor, check)

    return remove


for _file in (
    _Files("agents", "an agent", "agent"),
    _Files("lines", "a line", "line"),
    _Files("forms", "a form", "form"),
    _Files("identities", "an identity", "identity"),
    _Files("books", "a book", "book"),
    _Files("tools", "a tool server", "tools"),
    _Files("prompts", "a prompt"),
    _Files("knowledge", "a file of knowledge"),
    _Files("rehearsals", "a rehearsal"),
):
    router.put(_file.path, summary=f"Change {_file.what}", openapi_extra=_TEXT)(_changing(_file))
    router.post(_file.path, status_code=201, summary=f"Add {_file.what}", openapi_extra=_TEXT)(_adding(_file))
    router.delete(_file.path, summary=f"Take {_file.what} away")(_removing(_file))


async def _make(live: Live, edit: Edit, editor: _Editor, check: bool) -> EditView:
    editor.note.before = live.store.store.version
    editor.note.target = " ".join(sorted(edit.changes))
    return _told(await live.store.edit(edit, check=check), editor, check)


def _told(outcome: EditOutcome, editor: _Editor, check: bool) -> EditView:
    editor.note.before = outcome.previous or editor.note.before
    editor.note.after = "" if check else outcome.store.version
    editor.note.detail = {"changed": sorted(outcome.changed), "check": check}
    return EditView.of(outcome, check=check)


async def _text(request: Request, schema: str = "") -> str:
    """The body as the file's text; JSON becomes YAML where the file is YAML."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            raise ProtocolError(f"expected at most {_LARGEST} bytes")
    try:
        text = body.decode("utf-8-sig")
        if not schema or "json" not in request.headers.get("content-type", ""):
            return text
        content = json.loads(text)
    except UnicodeDecodeError as error:
        raise ProtocolError(f"expected UTF-8 text, got something else at byte {error.start}") from error
    except ValueError as error:
        raise ProtocolError(f"expected JSON: {error}") from error
    except RecursionError as error:
        raise ProtocolError("the JSON is nested too deeply") from error
    if not isinstance(content, dict):
        raise ProtocolError("expected a JSON object, as GET gives it")
    if sum(map(text.count, ",:[{")) > _MOST_VALUES:
        raise ProtocolError(f"expected at most {_MOST_VALUES} values in JSON; send so large a file as YAML")
    try:
        written = await asyncio.to_thread(yaml.safe_dump, content, allow_unicode=True, sort_keys=False, width=120)
    except RecursionError as error:
        raise ProtocolError("the JSON is nested too deeply") from error
    return f"# yaml-language-server: $schema=../schema/{schema}.schema.json\n{written}"
