"""``ringmaster learn``: what example answers teach."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from config.connections import ConnectionSettings

__all__ = ["learn"]


def learn(
    name: Annotated[str, typer.Argument(help="What fields call it: learned: NAME.")],
    language: Annotated[str, typer.Argument(help="Language of the examples, such as en.")],
    directory: Annotated[
        Path | None,
        typer.Option(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
) -> None:
    """Learn what answers mean from examples: agent_store/learned/NAME.LANGUAGE.txt."""
    from backend.adapters.terminal.screen import screen
    from backend.cli.guard import guarded_places
    from backend.cli.learning import learn_from

    def run(connections: "ConnectionSettings") -> None:
        agents = directory / "agent_store" if directory else connections.agent_store
        prompts = directory / "prompt_store" if directory else connections.prompt_store
        learn_from(agents, prompts, name, language, screen())

    guarded_places(run)
