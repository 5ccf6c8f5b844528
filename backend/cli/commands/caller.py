"""``ringmaster caller``: what is stored about one caller."""

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.commands.guarded import guarded

if TYPE_CHECKING:
    from config import Settings

__all__ = ["caller"]


caller = typer.Typer(help="What is stored about one caller: export it, delete it.", no_args_is_help=True)


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
    from backend.cli.caller import forget_caller, number_of

    def forget(settings: "Settings") -> None:
        wanted = number_of(number)
        if not yes:
            typer.confirm(f"Delete everything that is stored about {wanted}?", abort=True)
        forget_caller(settings, wanted, cases=cases)

    guarded(forget)
