"""``ringmaster keys``: keys of the API."""

from typing import Annotated

import typer

from backend.cli.commands.guarded import guarded

__all__ = ["keys"]


keys = typer.Typer(help="API keys: add, list, rotate, revoke.", no_args_is_help=True)


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
