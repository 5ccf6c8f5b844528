"""``ringmaster check``: what is wrong with the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.commands.guarded import guarded

if TYPE_CHECKING:
    from config import Settings
    from config.connections import ConnectionSettings

__all__ = ["check"]


def check(
    directory: Annotated[
        Path | None,
        typer.Argument(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="Also ask the services that are set whether they have its voices and model deployments.",
        ),
    ] = False,
) -> None:
    """Check agents, lines and prompts: what is wrong, where, and how to correct it."""
    from backend.agents.report import run_check
    from backend.tool_store.built_in_names import BUILT_IN

    def places(connections: "ConnectionSettings") -> tuple[Path, Path]:
        place = directory
        if place is None and not connections.agent_store.is_dir():
            place = connections.store_seed  # nothing was started yet
        agents = place / "agent_store" if place else connections.agent_store
        prompts = place / "prompt_store" if place else connections.prompt_store
        return agents, prompts

    def run(connections: "ConnectionSettings") -> None:
        raise typer.Exit(run_check(*places(connections), BUILT_IN))

    def ask(settings: "Settings") -> None:
        from backend.adapters.terminal.screen import screen
        from backend.cli.live_check import check_live

        found = run_check(*places(settings.connections), BUILT_IN)
        raise typer.Exit(found or check_live(settings, *places(settings.connections), BUILT_IN, screen()))

    if live:
        guarded(ask)
        return

    from backend.cli.guard import guarded_places

    guarded_places(run)  # the other settings are not its business, and reading them takes time
