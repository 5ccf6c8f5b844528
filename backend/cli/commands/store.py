"""``ringmaster store``: versions of the store; what it does is in ``backend/cli/store.py``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.commands.guarded import guarded

if TYPE_CHECKING:
    from config import Settings

__all__ = ["store"]


store = typer.Typer(help="Versions of agents, lines and prompts: list them, compare, go back.", no_args_is_help=True)


@store.command("revisions")
def store_revisions(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Show at most this many versions.")] = 20,
) -> None:
    """List the versions that were live, the newest first."""
    from backend.cli.store import show_revisions

    guarded(lambda settings: show_revisions(settings, limit))


@store.command("diff")
def store_diff(
    version: Annotated[
        str, typer.Argument(help="The version, or its first characters, as `store revisions` lists it.")
    ],
) -> None:
    """Show what would change if an earlier version went live now."""
    from backend.cli.store import show_diff

    guarded(lambda settings: show_diff(settings, version))


@store.command("rollback")
def store_rollback(
    version: Annotated[
        str, typer.Argument(help="The version, or its first characters, as `store revisions` lists it.")
    ],
) -> None:
    """Make an earlier version live again. Running servers switch to it; calls in progress keep theirs."""
    from backend.cli.store import roll_back

    guarded(lambda settings: roll_back(settings, version))


@store.command("live")
def store_live(
    version: Annotated[str, typer.Argument(help="A draft by its whole name, or an earlier version by its beginning.")],
    share: Annotated[
        int | None, typer.Option(min=1, max=99, help="Percent of new calls that get it. Default: all of them.")
    ] = None,
    note: Annotated[str, typer.Option(help="Why, for the others.")] = "",
    override: Annotated[
        str, typer.Option(help="Why it goes live without the rehearsals that a line demands. For the audit log.")
    ] = "",
) -> None:
    """Put a version live, for all new calls or for a share of them. Calls in progress keep theirs."""
    from backend.cli.store import put_live

    guarded(lambda settings: put_live(settings, version, share, note, override))


@store.command("shares")
def store_shares(
    end: Annotated[
        bool, typer.Option("--end", help="Take the share back: all new calls get the live version.")
    ] = False,
) -> None:
    """Show the share of calls that gets another version, and how both versions do."""
    from backend.cli.store import end_share, show_share

    guarded(end_share if end else show_share)


@store.command("from-call")
def store_from_call(
    call_id: Annotated[str, typer.Argument(help="The call.")],
    into: Annotated[
        Path | None, typer.Option(help="Folder that gets rehearsals/SUITE/NAME.yaml. Default: print it.")
    ] = None,
    suite: Annotated[str, typer.Option(help="Suite whose people may stand for the caller. Default: any.")] = "",
    caller: Annotated[str, typer.Option(help="Which of them. Default: the first who can.")] = "",
) -> None:
    """Make a rehearsal of a real call: names, numbers, dates, places and mails become made-up ones."""
    from backend.cli.from_call import make_from_call

    guarded(lambda settings: make_from_call(settings, call_id, into, suite, caller))


@store.command("seed")
def store_seed(yes: Annotated[bool, typer.Option("--yes", "-y", help="Make it live without asking.")] = False) -> None:
    """Show how the store in the image (STORE_SEED) differs from the live one; after a yes, make it live."""
    from backend.cli.store import plant_seed

    guarded(lambda settings: plant_seed(settings, yes=yes))


@store.command("upgrade")
def store_upgrade(
    directory: Annotated[
        Path | None,
        typer.Argument(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
    timezone: Annotated[
        str, typer.Option(help="Time zone for lines that have none, such as America/Chicago. Default: ask.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Correct what earlier versions accepted and this one does not. Shows the changes, asks, writes; comments stay."""
    from backend.cli.store import upgrade

    def run(settings: "Settings") -> None:
        raise typer.Exit(upgrade(settings, directory, timezone, yes=yes))

    guarded(run)
