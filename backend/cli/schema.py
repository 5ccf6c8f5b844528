"""``ringmaster schema``: writes what editors and people look keys up in."""

from pathlib import Path

from backend.adapters.telemetry.events import events_page
from backend.adapters.terminal.screen import screen
from backend.agents.reference import reference_page
from backend.agents.schema import FILES, write_schemas
from backend.errors import ConfigError
from backend.rehearsal.schema import SUITE_FILES
from config.example import env_example
from config.reference import settings_page

__all__ = ["write_reference"]

_out = screen()


def write_reference(
    agent_store: Path, page: Path | None, env: Path | None, events: Path | None = None, settings: Path | None = None
) -> None:
    """Write the JSON Schemas beside the agents and, where asked for, the pages and the example of settings.

    Raises:
        ConfigError: there is no such store, or no folder for one of the pages; then nothing was written.
    """
    if not agent_store.is_dir():
        raise ConfigError(f"expected a folder with an agent store, there is none at {agent_store}")
    pages = ((page, reference_page), (env, env_example), (events, events_page), (settings, settings_page))
    for path, _ in pages:
        if path is not None and not path.parent.is_dir():
            raise ConfigError(f"{path}: expected a folder to write to, there is none at {path.parent}")
    changed = write_schemas(agent_store / "schema", {**FILES, **SUITE_FILES})
    for path, text in pages:
        if path is not None:
            changed += _written(path, text())
    for path in changed:
        _out.print(f"wrote {path}", markup=False, soft_wrap=True)
    if not changed:
        _out.print("[green]ok[/]: everything is up to date")


def _written(path: Path, text: str) -> list[Path]:
    """Write a file where it says something else; gives it if it did."""
    if path.is_file() and path.read_text("utf-8") == text:
        return []
    path.write_text(text, "utf-8")
    return [path]
