"""``ringmaster schema``: writes what editors and people look keys up in."""

from pathlib import Path

from rich.console import Console

from backend.agents.reference import reference_page
from backend.agents.schema import FILES, write_schemas
from backend.rehearsal.schema import SUITE_FILES

__all__ = ["write_reference"]

_out = Console(highlight=False)


def write_reference(agent_store: Path, page: Path | None) -> None:
    """Write the JSON Schemas beside the agents and, where asked for, the reference page."""
    changed = write_schemas(agent_store / "schema", {**FILES, **SUITE_FILES})
    if page is not None:
        text = reference_page()
        if not page.is_file() or page.read_text("utf-8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8")
            changed.append(page)
    for path in changed:
        _out.print(f"wrote {path}")
    if not changed:
        _out.print("[green]ok[/]: everything is up to date")
