"""The command line: ``ringmaster dev | serve | call | chat | check | schema | store | rehearse | replay | ...``."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from backend import __version__
from backend.cli.group import Later, LazyGroup

if TYPE_CHECKING:
    from config import Settings
    from config.connections import ConnectionSettings

__all__ = ["main"]


_SHORT = {"check"}
"""Over before there is any garbage worth collecting."""
_LOCAL = ("local_azure", "pocketsphinx")
"""What a server alone is installed without."""


class _Commands(LazyGroup):
    """What is imported only when it is run; the first lines of their docstrings are repeated here."""

    later: ClassVar[Mapping[str, Later]] = {
        "dev": Later(
            "local_azure.dev", "Run the server with the local Azure, Redis and SQLite, ready for a call.", needs=_LOCAL
        ),
        "chat": Later("backend.cli.chat", "Chat with the agents of a running server."),
        "talk": Later("backend.cli.talk", "Speak with the agents of a running server by microphone."),
        "rehearse": Later("backend.cli.rehearse", "Play written conversations against the agents."),
        "understand": Later("backend.cli.understand", "Show how the line would understand these words."),
        "replay": Later("backend.cli.replay", "Play recorded calls again on an edited agent store and compare."),
        "seal": Later("backend.cli.seal", "Encrypt stored personal data with the data key that is set."),
        "backup": Later("backend.cli.backup", "Write everything in the database to one file."),
        "restore": Later("backend.cli.backup", "Replace everything in the database with a backup."),
        "call": Later("local_azure.command", "Make a test call with a recorded caller.", needs=_LOCAL),
        "emulator": Later(
            "local_azure.command", "Run the local Azure: stand-ins for its services, on this machine.", needs=_LOCAL
        ),
        "capacity": Later(
            "backend.cli.capacity",
            "Compute how many calls a replica carries, its first limit, and what calls cost.",
        ),
        "doctor": Later("backend.cli.doctor", "Collect what a bug report needs in one file."),
        "bench": Later(
            "bench.command",
            "Run benchmarks: this server, and the same call without any framework.",
            needs=("bench", *_LOCAL),
        ),
    }


app = typer.Typer(
    cls=_Commands,
    name="ringmaster",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def guarded(command: Callable[["Settings"], None]) -> None:
    """Run a command with the settings; what must be put right is said in a sentence."""
    from backend.cli.guard import guarded as run  # settings take a while to import, and not every command needs them

    run(command)


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"ringmaster {__version__}")
        raise typer.Exit


@app.callback()
def ringmaster(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version.")
    ] = False,
) -> None:
    """A voice server for phone lines. `ringmaster dev` runs everything on this machine."""
    if context.invoked_subcommand not in _SHORT:
        gc.enable()


store = typer.Typer(help="Versions of agents, lines and prompts: list them, compare, go back.", no_args_is_help=True)
app.add_typer(store, name="store")
caller = typer.Typer(help="What is stored about one caller: export it, delete it.", no_args_is_help=True)
app.add_typer(caller, name="caller")
keys = typer.Typer(help="API keys: add, list, rotate, revoke.", no_args_is_help=True)
app.add_typer(keys, name="keys")
blocks = typer.Typer(help="The block list: numbers whose calls are not taken.", no_args_is_help=True)
app.add_typer(blocks, name="blocks")
book = typer.Typer(help="Books: the records in which callers are looked up.", no_args_is_help=True)
app.add_typer(book, name="book")
livekit = typer.Typer(
    help="A LiveKit project: its SIP trunks, and the rule that brings phone calls to this server.", no_args_is_help=True
)
app.add_typer(livekit, name="livekit")


@app.command()
def serve() -> None:
    """Run the server. Everything is set by environment variables or .env; see README."""
    from backend.cli.serve import start_server

    guarded(start_server)


@app.command("sign-in")
def sign_in() -> None:
    """Print an address that signs a browser in to the server of `ringmaster dev`. It works once."""
    from backend.api.door.local_key import LOCAL_KEY, LocalKey
    from backend.errors import ConfigError

    def run(settings: "Settings") -> None:
        key = LocalKey(Path(settings.security.local_key_file or LOCAL_KEY))
        if not key.read():
            raise ConfigError("no local key is here; `ringmaster dev`, run in this folder, makes one")
        print(f"{settings.connections.base_url}/sign-in#{key.new_code()}")

    guarded(run)


@app.command()
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
    from rich.console import Console

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
        raise typer.Exit(run_check(*places(connections), BUILT_IN, Console()))

    def ask(settings: "Settings") -> None:
        from backend.cli.live_check import check_live

        found = run_check(*places(settings.connections), BUILT_IN, Console())
        raise typer.Exit(found or check_live(settings, *places(settings.connections), BUILT_IN, Console()))

    if live:
        guarded(ask)
        return

    from backend.cli.guard import guarded_places

    guarded_places(run)  # the other settings are not its business, and reading them takes time


@app.command()
def phrases() -> None:
    """Record all fixed phrases as audio, for when the speech service is down. Records only what is missing."""
    from rich.console import Console

    from backend.cli.phrases import keep_phrases

    guarded(lambda settings: keep_phrases(settings, Console()))


@app.command()
def schema(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder that holds agent_store. Default: that of the settings.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="Also write the reference page, to this file.")] = None,
    env: Annotated[
        Path | None, typer.Option(help="Also write the example settings (.env.example), to this file.")
    ] = None,
    events: Annotated[Path | None, typer.Option(help="Also write the page of log events, to this file.")] = None,
) -> None:
    """Write the JSON Schemas of agents, lines, tools and rehearsals, for editors."""
    from backend.cli.schema import write_reference

    def run(settings: "Settings") -> None:
        agents = directory / "agent_store" if directory else settings.connections.agent_store
        write_reference(agents, page, env, events)

    guarded(run)


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


@keys.command("list")
def keys_list() -> None:
    """List the API keys. Their secrets are not stored and cannot be shown."""
    from backend.cli.keys import list_keys

    guarded(list_keys)


@keys.command("add")
def keys_add(
    name: Annotated[str, typer.Argument(help="Name of the key's holder, as the audit log shows it.")],
    role: Annotated[
        str, typer.Option(help="What the key may do: viewer, operator, editor or admin. Each includes those before it.")
    ],
    line: Annotated[
        list[str] | None,
        typer.Option(help="Line that the key may be used for; repeatable. Default: all lines."),
    ] = None,
    destination: Annotated[
        list[str] | None,
        typer.Option(
            help="Beginning of numbers it may place calls to, such as +1312; repeatable. Default: what the line allows."
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="Days until the key expires. Default: it does not expire.")
    ] = None,
) -> None:
    """Make a key and print it. It is shown only once."""
    from backend.cli.keys import add_key

    guarded(lambda settings: add_key(settings, name, role, line or [], destination or [], days))


@keys.command("rotate")
def keys_rotate(
    name: Annotated[str, typer.Argument(help="The key's name.")],
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=2160, help="Hours for which the old key stays valid beside the new one.")
    ] = 168,
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="Days until the new key expires. Default: it does not expire.")
    ] = None,
) -> None:
    """Make a new key with the same name and rights; the old one expires after the overlap."""
    from backend.cli.keys import rotate_key

    guarded(lambda settings: rotate_key(settings, name, overlap_hours, days))


@keys.command("revoke")
def keys_revoke(
    name: Annotated[str, typer.Argument(help="The key's name.")],
    id: Annotated[
        str | None, typer.Option(help="Revoke only the key with this id. Default: every key of the name.")
    ] = None,
) -> None:
    """Revoke every valid key of a name now. Running servers refuse it within ten seconds."""
    from backend.cli.keys import revoke_key

    guarded(lambda settings: revoke_key(settings, name, id))


@blocks.command("list")
def blocks_list() -> None:
    """Show the block list."""
    from backend.cli.blocks import list_blocks

    guarded(list_blocks)


@blocks.command("add")
def blocks_add(
    number: Annotated[str, typer.Argument(help="The number, such as +18005550123, or withheld.")],
    why: Annotated[str, typer.Option(help="The reason, shown in the block list. No words of callers.")],
    prefix: Annotated[bool, typer.Option("--prefix", help="Block every number that begins with NUMBER.")] = False,
    line: Annotated[str, typer.Option(help="Block on this line only. Default: all lines.")] = "",
    until: Annotated[
        str,
        typer.Option(help="When the block ends, with a time zone: 2026-11-26T09:00:00Z. Default: when it is removed."),
    ] = "",
) -> None:
    """Block a number: its calls are refused, and no call is placed or transferred to it."""
    from backend.cli.blocks import add_block

    guarded(lambda settings: add_block(settings, number, line, until, why, prefix=prefix))


@livekit.callback()
def livekit_group() -> None:
    """A LiveKit project: its SIP trunks, and the rule that brings phone calls to this server."""


@livekit.command("setup")
def livekit_setup(
    number: Annotated[
        list[str] | None,
        typer.Option(help="Number whose calls come to this server; repeatable. Default: the numbers of all lines."),
    ] = None,
    address: Annotated[
        str,
        typer.Option(help="SIP address that placed calls go to, such as sip.example.com. Default: no outbound trunk."),
    ] = "",
    allow: Annotated[
        list[str] | None,
        typer.Option(help="IP address from which the carrier sends calls; repeatable. Default: any that signs in."),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the trunks and of the dispatch rule in LiveKit.")] = "ringmaster",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would change.")] = False,
) -> None:
    """Create the SIP trunks and the dispatch rule, or change what differs.

    The trunks sign in with SIP_TRUNK_USER and SIP_TRUNK_PASSWORD, where these are set.
    """
    from backend.cli.livekit import set_up

    guarded(lambda settings: set_up(settings, name, number or [], address, allow or [], dry_run=dry_run))


@book.callback()
def book_group() -> None:
    """Books: the records in which callers are looked up."""


@book.command("import")
def book_import(
    name: Annotated[str, typer.Argument(help="Name of the book, that of its file: agent_store/books/NAME.yaml.")],
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The records, as YAML or CSV.")],
) -> None:
    """Import records into a book's file. Secrets, such as PINs, are stored as hashes."""
    from rich.console import Console

    from backend.cli.books import import_book

    guarded(lambda settings: import_book(settings, name, source, Console(highlight=False, soft_wrap=True)))


@blocks.command("remove")
def blocks_remove(block_id: Annotated[str, typer.Argument(help="The id that `blocks list` shows.")]) -> None:
    """Take a number off the block list."""
    from backend.cli.blocks import remove_block

    guarded(lambda settings: remove_block(settings, block_id))


@app.command()
def audit(
    actor: Annotated[
        str, typer.Option(help="Only entries of this actor, as the log writes it: key:NAME, entra:NAME, cli:USER.")
    ] = "",
    action: Annotated[
        str,
        typer.Option(
            help="Only this action, such as calls.place; calls alone stands for every action that begins with it."
        ),
    ] = "",
    target: Annotated[str, typer.Option(help="Only entries about this call, case, file or key.")] = "",
    since: Annotated[
        str, typer.Option(help="Only entries at or after this time, with a time zone: 2026-11-26T09:00:00Z.")
    ] = "",
    until: Annotated[str, typer.Option(help="Only entries before this time, with a time zone.")] = "",
    agents: Annotated[bool, typer.Option("--agents", help="Include what agents did in calls.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Show at most this many entries.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print each entry as one line of JSON.")] = False,
) -> None:
    """Show the audit log: who did what and when, and the state before and after."""
    from backend.cli.audit import show_audit

    guarded(
        lambda settings: show_audit(
            settings, actor, action, target, since, until, agents=agents, limit=limit, as_json=as_json
        )
    )


@caller.command("export")
def caller_export(number: Annotated[str, typer.Argument(help="The number, such as +18005550123.")]) -> None:
    """Print everything that is stored about a caller's number, as JSON."""
    from backend.cli.caller import export_caller

    guarded(lambda settings: export_caller(settings, number))


@caller.command("forget")
def caller_forget(
    number: Annotated[str, typer.Argument(help="The number, such as +18005550123.")],
    cases: Annotated[bool, typer.Option("--cases", "--claims", help="Also delete filed cases.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete everything that is stored about a caller's number. Filed cases stay, without the number."""
    from backend.cli.caller import forget_caller

    if not yes:
        typer.confirm(f"Delete everything that is stored about {number}?", abort=True)
    guarded(lambda settings: forget_caller(settings, number, cases=cases))


def main() -> None:
    """Entry point."""
    gc.disable()  # of what is imported nothing becomes free, and looking for it takes a tenth of a second
    # Looking for plugins reads the metadata of every installed package, at each start; there is none that we know of.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    app()


if __name__ == "__main__":
    sys.exit(main())
