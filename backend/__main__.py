"""The command line: ``ringmaster dev | serve | call | check | schema | store | emulator``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from backend.errors import ConfigError, RingmasterError, StoreError
from config import Settings, load_settings

__all__ = ["main"]

app = typer.Typer(
    name="ringmaster",
    help="A voice server for phone lines. `ringmaster dev` runs everything on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

store = typer.Typer(help="Versions of agents, lines and prompts: list them, compare, go back.", no_args_is_help=True)
app.add_typer(store, name="store")

_errors = Console(stderr=True, highlight=False)


@app.command()
def serve() -> None:
    """Run the server. Everything is set by environment variables or .env; see README."""
    from backend.adapters.telemetry.logs import set_up_logs
    from backend.server import serve as run

    def start(settings: Settings) -> None:
        set_up_logs(settings.telemetry.log_level, settings.telemetry.log_format)
        run(settings, lambda: print(f"ringmaster is ready on {settings.connections.base_url}", flush=True))

    _guarded(start)


@app.command()
def dev(
    stt: Annotated[str, typer.Option(help="Recogniser of the local Azure: sphinx or scripted.")] = "sphinx",
    tts: Annotated[str, typer.Option(help="Voice of the local Azure: espeak or tone.")] = "espeak",
    latency: Annotated[str, typer.Option(help="Pace of the local Azure: none, typical or slow.")] = "typical",
    emulator_port: Annotated[int, typer.Option(help="Port of the local Azure.")] = 8090,
) -> None:
    """Run the server with the local Azure, Redis and SQLite, ready for a call."""
    from backend.local.dev import develop

    _guarded(lambda _: develop(stt, tts, latency, emulator_port))


@app.command()
def check(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder that holds agent_store and prompt_store; this project's by default.")
    ] = None,
) -> None:
    """Check agents, lines and prompts; says what is wrong, where, and what would be right."""
    from backend.agents.report import run_check
    from backend.tool_store.catalogue import tool_names

    def run(settings: Settings) -> None:
        connections = settings.connections
        agents = directory / "agent_store" if directory else connections.agent_store
        prompts = directory / "prompt_store" if directory else connections.prompt_store
        raise typer.Exit(run_check(agents, prompts, tool_names(), Console()))

    _guarded(run)


@app.command()
def schema(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder that holds agent_store; this project's by default.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="Write the reference page there, too.")] = None,
) -> None:
    """Write the JSON Schemas of agents and lines, for editors."""
    from backend.cli.schema import write_reference

    def run(settings: Settings) -> None:
        agents = directory / "agent_store" if directory else settings.connections.agent_store
        write_reference(agents, page)

    _guarded(run)


@store.command("revisions")
def store_revisions(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Show so many at most.")] = 20,
) -> None:
    """List the versions that were live, the newest first."""
    from backend.cli.store import show_revisions

    _guarded(lambda settings: show_revisions(settings, limit))


@store.command("diff")
def store_diff(version: Annotated[str, typer.Argument(help="A version, or its beginning.")]) -> None:
    """Show what would change if an earlier version went live now."""
    from backend.cli.store import show_diff

    _guarded(lambda settings: show_diff(settings, version))


@store.command("rollback")
def store_rollback(version: Annotated[str, typer.Argument(help="A version, or its beginning.")]) -> None:
    """Make an earlier version live again. Servers that run take it over; calls under way keep theirs."""
    from backend.cli.store import roll_back

    _guarded(lambda settings: roll_back(settings, version))


def _guarded(command: Callable[[Settings], None]) -> None:
    """Run a command; what the operator must put right is said in a sentence, with exit status 2."""
    try:
        command(load_settings())
    except StoreError as error:
        _errors.print("[red]the agent store did not pass the check:[/]")
        for problem in error.problems:
            _errors.print(f"  {problem}", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    except (ConfigError, RingmasterError) as error:
        for line in str(error).split("\n"):
            _errors.print(f"[red]ringmaster:[/] {line}", soft_wrap=True)
        raise typer.Exit(2) from None


def _add_local_commands() -> None:
    """The local Azure and its phone; absent where the ``local`` extra is not installed."""
    try:
        from backend.emulator.cli import call, emulator
    except ImportError as error:
        if (error.name or "").startswith("backend"):
            raise
        return
    app.command()(call)
    app.command()(emulator)


def main() -> None:
    """Entry point."""
    _add_local_commands()
    app()


if __name__ == "__main__":
    sys.exit(main())
