"""Operations: agents, lines, prompts and tools as they are live now."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from backend.agents.files import fingerprint
from backend.agents.store import AgentStore
from backend.api.access import Live, Services
from backend.api.audited import admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.store_views import FileView, StatusView, StoreView
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import AnyBook
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.tool_server import AnyServer
from backend.errors import NotInStore

__all__ = ["etag", "file_name", "router"]

_NOT_THERE: dict[int | str, dict[str, Any]] = {404: fault_of("there is none of that name")}
_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"description": "the template", "content": {"text/plain": {"schema": {"type": "string"}}}}
}
_MARKDOWN: dict[int | str, dict[str, Any]] = {
    200: {"description": "the text", "content": {"text/markdown": {"schema": {"type": "string"}}}}
}
_YAML: dict[int | str, dict[str, Any]] = {
    200: {"description": "the text", "content": {"application/yaml": {"schema": {"type": "string"}}}}
}

router = APIRouter(
    prefix="/api/v1",
    tags=["store"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={401: fault_of("no key, or the wrong one")},
)


def etag(text: str) -> str:
    """A file's ETag."""
    return f'"{fingerprint(text)}"'


def file_name(store: AgentStore, folder: str, name: str) -> str:
    """The lasting name of an agent's, line's or tool server's file, there or not."""
    other = f"{folder}/{name}.yml"
    return other if other in store.files else f"{folder}/{name}.yaml"


@router.get("/agents", summary="Agents")
async def agents(found: Services) -> list[AgentSpec]:
    """Every agent of the live version."""
    return list(found.store.agents())


@router.get("/lines", summary="Phone lines")
async def lines(found: Services) -> list[LineSpec]:
    """Every line of the live version."""
    return list(found.store.lines())


@router.get("/prompts", summary="Prompts")
async def prompts(live: Live) -> list[FileView]:
    """Every prompt of the live version, by name."""
    files = live.store.store.files
    return [FileView.of(name, files[name]) for name in sorted(files) if name.startswith("prompts/")]


@router.get("/tools", summary="Tools that agents may use")
async def tools(found: Services) -> list[dict[str, Any]]:
    """Names, descriptions and JSON Schemas."""
    return [
        {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
        for tool in found.store.tools()
    ]


@router.get("/knowledge", summary="Knowledge")
async def knowledge(live: Live) -> list[FileView]:
    """Every Markdown file that a line knows, by name."""
    files = live.store.store.files
    return [FileView.of(name, files[name]) for name in sorted(files) if name.startswith("knowledge/")]


@router.get("/rehearsals", summary="Rehearsals of the live version")
async def rehearsals(live: Live) -> list[FileView]:
    """Every file below ``rehearsals/``, by name."""
    files = live.store.store.files
    return [FileView.of(name, files[name]) for name in sorted(files) if name.startswith("rehearsals/")]


@router.get("/store", summary="The live version")
async def whole(live: Live, response: Response) -> StoreView:
    """Which version is live, since when and by whom; what is wrong with an edit on disk; every file's ETag."""
    store = live.store.store
    response.headers["ETag"] = f'"{store.version}"'
    files = [FileView.of(name, text) for name, text in sorted(store.files.items())]
    return StoreView(**StatusView.of(live.store.status()).model_dump(), files=files)


@router.get("/agents/{name}", summary="One agent", response_model=AgentSpec, responses=_NOT_THERE)
async def agent(name: str, live: Live, request: Request) -> Response:
    """As JSON with every default filled in, or as it was written with ``Accept: application/yaml``."""
    return _spec(request, live.store.store, "agents", name, live.store.store.agents.get(name))


@router.get("/lines/{name}", summary="One line", response_model=LineSpec, responses=_NOT_THERE)
async def line(name: str, live: Live, request: Request) -> Response:
    """As JSON with every default filled in, or as it was written with ``Accept: application/yaml``."""
    return _spec(request, live.store.store, "lines", name, live.store.store.lines.get(name))


@router.get("/forms/{name}", summary="One form", response_model=FormSpec, responses=_NOT_THERE)
async def form(name: str, live: Live, request: Request) -> Response:
    """As JSON with every default filled in, or as it was written with ``Accept: application/yaml``."""
    return _spec(request, live.store.store, "forms", name, live.store.store.forms.get(name))


@router.get("/identities/{name}", summary="One identity", response_model=IdentitySpec, responses=_NOT_THERE)
async def identity(name: str, live: Live, request: Request) -> Response:
    """As JSON with every default filled in, or as it was written with ``Accept: application/yaml``."""
    return _spec(request, live.store.store, "identities", name, live.store.store.identities.get(name))


@router.get("/books/{name}", summary="One book", response_model=AnyBook, responses=_NOT_THERE)
async def book(name: str, live: Live, request: Request) -> Response:
    """Where its records are; the records themselves are in no store."""
    found = live.store.store.books.get(name)
    return _spec(request, live.store.store, "books", name, found.spec if found else None)


@router.get("/tools/{name}", summary="One tool server", response_model=AnyServer, responses=_NOT_THERE)
async def tool_server(name: str, live: Live, request: Request) -> Response:
    """A server that the store declares, like an agent. Tools that ship have no file."""
    store = live.store.store
    spec = next((server for server in store.servers if server.name == name), None)
    return _spec(request, store, "tools", name, spec)


@router.get("/knowledge/{name:path}", summary="One file", response_model=None, responses=_NOT_THERE | _MARKDOWN)
async def knowledge_file(name: str, live: Live) -> Response:
    """The Markdown as it was written."""
    return _written(live.store.store, f"knowledge/{name}", "text/markdown")


@router.get("/rehearsals/{name:path}", summary="One rehearsal", response_model=None, responses=_NOT_THERE | _YAML)
async def rehearsal(name: str, live: Live) -> Response:
    """The YAML as it was written."""
    return _written(live.store.store, f"rehearsals/{name}", "application/yaml")


@router.get("/prompts/{name:path}", summary="One prompt", response_model=None, responses=_NOT_THERE | _TEXT)
async def prompt(name: str, live: Live) -> Response:
    """The template as it was written."""
    return _written(live.store.store, f"prompts/{name}", "text/plain")


def _written(store: AgentStore, name: str, kind: str) -> Response:
    text = store.files.get(name)
    if text is None:
        raise NotInStore(f"there is no file {name[:200]}")
    return PlainTextResponse(text, media_type=kind, headers={"ETag": etag(text)})


def _spec(request: Request, store: AgentStore, folder: str, name: str, spec: BaseModel | None) -> Response:
    text = store.files.get(file_name(store, folder, name))
    if spec is None or text is None:
        raise NotInStore(f"there is no file {folder}/{name}.yaml")
    headers = {"ETag": etag(text), "Vary": "Accept"}
    if "yaml" in request.headers.get("accept", ""):
        return Response(text.encode("utf-8"), media_type="application/yaml", headers=headers)
    return JSONResponse(spec.model_dump(mode="json", by_alias=True), headers=headers)
