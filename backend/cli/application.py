"""The command line: ``ringmaster dev | serve | call | chat | check | schema | store | rehearse | replay | ...``."""

import errno
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from backend import __version__
from backend.cli.group import Later, LazyGroup

__all__ = ["app", "run"]


_SHORT = {"check"}
"""Over before there is any garbage worth collecting."""
_SERVERS = {"serve", "dev", "emulator"}
"""Look for garbage once they are ready: to look through all that they load takes half a second of the processor."""
_LOCAL = ("local_azure", "pocketsphinx")
"""What a server alone is installed without."""


class _Commands(LazyGroup):
    """Every command is imported only when it is run; the first lines of their docstrings are repeated here."""

    later: ClassVar[Mapping[str, Later]] = {
        "dev": Later(
            "local_azure.dev", "Run the server with the local Azure, Redis and SQLite, ready for a call.", needs=_LOCAL
        ),
        "serve": Later(
            "backend.cli.commands.serve",
            "Run the server. Everything is set by environment variables or .env; see README.",
        ),
        "sign-in": Later(
            "backend.cli.commands.sign_in",
            "Print an address that signs a browser in to the server of `ringmaster dev`. It works once.",
        ),
        "call": Later("local_azure.command", "Make a test call with a recorded caller.", needs=_LOCAL),
        "chat": Later("backend.cli.chat", "Chat with the agents of a running server."),
        "talk": Later("backend.cli.talk", "Speak with the agents of a running server by microphone."),
        "check": Later(
            "backend.cli.commands.check",
            "Check agents, lines and prompts: what is wrong, where, and how to correct it.",
        ),
        "rehearse": Later("backend.cli.rehearse", "Play written conversations against the agents."),
        "understand": Later("backend.cli.understand", "Show how the line would understand these words."),
        "learn": Later("backend.cli.commands.learn", "Learn what answers mean from examples: agent_store/learned."),
        "replay": Later("backend.cli.replay", "Play recorded calls again on an edited agent store and compare."),
        "store": Later(
            "backend.cli.commands.store", "Versions of agents, lines and prompts: list them, compare, go back."
        ),
        "book": Later("backend.cli.commands.book", "Books: the records in which callers are looked up."),
        "phrases": Later(
            "backend.cli.commands.phrases",
            "Record all fixed phrases as audio, for when the speech service is down. Records only what is missing.",
        ),
        "schema": Later(
            "backend.cli.commands.schema", "Write the JSON Schemas of agents, lines, tools and rehearsals, for editors."
        ),
        "caller": Later("backend.cli.commands.caller", "What is stored about one caller: export it, delete it."),
        "keys": Later("backend.cli.commands.keys", "API keys: add, list, rotate, revoke."),
        "blocks": Later("backend.cli.commands.blocks", "The block list: numbers whose calls are not taken."),
        "audit": Later(
            "backend.cli.commands.audit", "Show the audit log: who did what and when, and the state before and after."
        ),
        "livekit": Later(
            "backend.cli.commands.livekit",
            "A LiveKit project: its SIP trunks, and the rule that brings phone calls to this server.",
        ),
        "seal": Later("backend.cli.seal", "Encrypt stored personal data with the data key that is set."),
        "backup": Later("backend.cli.backup", "Write everything in the database to one file."),
        "restore": Later("backend.cli.backup", "Replace everything in the database with a backup."),
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
    if context.invoked_subcommand not in _SHORT | _SERVERS:
        gc.enable()


def _run() -> None:
    """Run the command that was asked for. What is wrong with the machine, wherever a command meets it, is said in a
    sentence; so is what cannot be printed."""
    from backend.cli.guard import told

    _open_what_is_closed()
    try:
        with told():
            failed = False
            try:
                app()
            except SystemExit as ended:
                failed = bool(ended.code)
                raise
            finally:
                _print_the_rest(failed=failed)
    except typer.Exit as ended:  # whoever runs the application catches it, but not what comes from outside of it
        sys.exit(ended.exit_code)


def _open_what_is_closed() -> None:
    """Read nothing, and print nowhere, where whoever started us has closed that: else the next file that is opened
    would be in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - it stays open


def _print_the_rest(*, failed: bool) -> None:
    """Print what is still waiting to be printed. Who reads no further, as ``head`` does, is told nothing.

    Args:
        failed: the command has said already what is wrong, perhaps that the disk is full.

    Raises:
        OSError: it cannot be: the disk is full.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again as it ends
        if error.errno != errno.EPIPE and not failed:
            raise OSError(error.errno, error.strerror, "standard output") from error
        if not failed:
            sys.exit(1)


def run() -> None:
    """Run the command that was asked for, and end the process as it has ended."""
    # Looking for plugins reads the metadata of every installed package, at each start; there is none that we know of.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        _run()
    finally:
        if not gc.isenabled():
            gc.freeze()  # Python looks once more as it ends, whatever was said before: another tenth
