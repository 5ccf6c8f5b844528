"""``ringmaster audit``: the audit log."""

from typing import Annotated

import typer

from backend.cli.commands.guarded import guarded

__all__ = ["audit"]


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
