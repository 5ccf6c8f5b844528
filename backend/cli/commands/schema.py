"""``ringmaster schema``: schemas and reference pages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.commands.guarded import guarded

if TYPE_CHECKING:
    from config import Settings

__all__ = ["schema"]


def schema(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder that holds agent_store. Default: that of the settings.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="Also write the reference page, to this file.")] = None,
    env: Annotated[
        Path | None, typer.Option(help="Also write the example settings (.env.example), to this file.")
    ] = None,
    events: Annotated[Path | None, typer.Option(help="Also write the page of log events, to this file.")] = None,
    settings: Annotated[Path | None, typer.Option(help="Also write the page of settings, to this file.")] = None,
) -> None:
    """Write the JSON Schemas of agents, lines, tools and rehearsals, for editors."""
    from backend.cli.schema import write_reference

    def run(read: "Settings") -> None:
        agents = directory / "agent_store" if directory else read.connections.agent_store
        write_reference(agents, page, env, events, settings)

    guarded(run)
