"""``ringmaster livekit``: a project of LiveKit."""

from typing import Annotated

import typer

from backend.cli.commands.guarded import guarded

__all__ = ["livekit"]


livekit = typer.Typer(
    help="A LiveKit project: its SIP trunks, and the rule that brings phone calls to this server.", no_args_is_help=True
)


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
