"""What earlier versions had in the code, and a store has in files now: for stores that were written before.

Tools that shipped are made of forms, identities and books. A store that names such a tool and has no such file gets
it from the store that ships with this version, so that a line goes on while it is upgraded; ``ringmaster store
upgrade`` writes the files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from backend.agents.books import book_spec
from backend.agents.files import StoreFiles
from backend.agents.spec_file import spec_in
from backend.agents.yaml_file import YamlFault, content_of
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.tool import ToolNames

__all__ = ["LENT", "SHIPPED", "completed", "missing_files"]

LENT = "what is needed of it came with Ringmaster; 'ringmaster store upgrade' puts it into the store"
"""What is said of a folder that a store lacks."""

SHIPPED = Path(__file__).resolve().parents[2] / "agent_store"
"""The store that ships with this version; there is none where only the package is installed."""


def missing_files(
    files: StoreFiles, agents: Iterable[Mapping[str, Any]], tools: ToolNames, shipped: Path = SHIPPED
) -> dict[str, bytes]:
    """Files of the shipped store that make tools which this store names and lacks, by lasting name.

    Args:
        files: the store.
        agents: what stands in the files of its agents, sound or not.
        tools: what there is without it.
    """
    unknown = _named(agents) - tools.sets.keys() - _made(files)
    if not unknown or not shipped.is_dir():
        return {}
    found: dict[str, bytes] = {}
    for name, raw, spec in _makers(shipped):
        if unknown & _tools_of(spec):
            found[name] = raw
            found |= _learned(shipped, spec) if isinstance(spec, FormSpec) else {}
            if isinstance(spec, IdentitySpec):
                book = shipped / "books" / f"{spec.book}.yaml"
                found |= {f"books/{book.name}": book.read_bytes()} if book.is_file() else {}
    there = {name.removeprefix(f"{files.agent_folder}/") for folder in files.folders().values() for name in folder}
    return {name: raw for name, raw in found.items() if name not in there}


def completed(files: StoreFiles, added: dict[str, bytes]) -> StoreFiles:
    """The store with these files, too."""
    whole = replace(files, **{name: dict(folder) for name, folder in files.folders().items()})
    for name, raw in added.items():
        whole.folders()[name.partition("/")[0]][f"{files.agent_folder}/{name}"] = raw
    return whole


def _learned(shipped: Path, form: FormSpec) -> dict[str, bytes]:
    """What example answers to the fields of a form taught, with the examples."""
    names = {field.learned for field in form.fields} - {None}
    paths = (shipped / "learned").glob("*.*.*") if names else ()
    return {f"learned/{path.name}": path.read_bytes() for path in paths if path.name.partition(".")[0] in names}


def _named(agents: Iterable[Mapping[str, Any]]) -> set[str]:
    """Tools that agents name."""
    found: set[str] = set()
    for agent in agents:
        listed: Any = agent.get("tools")
        for use in listed if isinstance(listed, list) else ():
            name = use.get("name") if isinstance(use, dict) else use
            found |= {name} if isinstance(name, str) else set()
    return found


def _made(files: StoreFiles) -> set[str]:
    """Tools that this store makes itself, be its files sound or not."""
    found: set[str] = set()
    for raw in files.tools.values():
        content = _content(raw)
        functions: Any = content.get("functions")
        named = [one.get("name") for one in functions if isinstance(one, dict)] if isinstance(functions, list) else []
        found |= {str(name) for name in (content.get("name"), *named)}
    for folder, spec in (("forms", FormSpec), ("identities", IdentitySpec), ("books", None)):
        for raw in files.folders()[folder].values():
            made = _read(raw, spec or book_spec(raw))
            found |= _tools_of(made) if made else set()
    return found


def _makers(shipped: Path) -> Iterator[tuple[str, bytes, BaseModel]]:
    for folder in ("forms", "identities", "books"):
        for path in sorted((shipped / folder).glob("*.yaml")):
            stamp = path.stat()
            raw, made = _maker(path, stamp.st_mtime_ns, stamp.st_size)
            if made is not None:
                yield f"{folder}/{path.name}", raw, made


@lru_cache(64)
def _maker(path: Path, _changed: int, _size: int) -> tuple[bytes, BaseModel | None]:
    """A shipped file and what it says; a store that names a tool wrongly needs all of them at each check."""
    raw = path.read_bytes()
    spec = {"forms": FormSpec, "identities": IdentitySpec}.get(path.parent.name)
    return raw, _read(raw, spec or book_spec(raw))


def _tools_of(spec: BaseModel) -> set[str]:
    if isinstance(spec, FormSpec):
        return set(spec.tool_names)
    if isinstance(spec, IdentitySpec):
        return {spec.tool_name}
    return {look_up.name for look_up in getattr(spec, "lookups", ())}


def _read(raw: bytes, spec: type[BaseModel]) -> BaseModel | None:
    try:
        return spec_in(raw, spec)
    except (YamlFault, ValidationError):
        return None


def _content(raw: bytes) -> Mapping[str, Any]:
    try:
        return content_of(raw)
    except YamlFault:
        return {}
