"""A group of commands, some of which are imported only when they are run.

``ringmaster --help`` names every command, and ``ringmaster check`` runs in every editor and hook: neither may wait for
the SDKs that other commands work with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["Later", "LazyGroup"]


@dataclass(frozen=True, slots=True)
class Later:
    """A command, or a group of them, that is imported when it is run.

    Attributes:
        module: where it is; the function or the group has the command's name.
        help: the first line of its docstring, for the list of commands.
        needs: packages without which it is not offered.
    """

    module: str
    help: str
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """The first package that it needs and that is not installed; empty when all are there."""
        return next((name for name in self.needs if find_spec(name) is None), "")


class LazyGroup(TyperGroup):
    """The commands of ``later``, in their order, behind any that are imported at once."""

    later: ClassVar[Mapping[str, Later]] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, one in self.later.items():
            if not one.missing:
                self.commands[name] = TyperCommand(name, help=one.help)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is run, in whole."""
        name = args[0] if args else ""
        if one := self.later.get(name):
            if one.missing:
                ctx.fail(
                    f"`{name}` is not part of a server alone: {one.missing} is not installed. "
                    "It comes with the project's folder; see README."
                )
            self.commands[name] = _load(name, one)
        return super().resolve_command(ctx, args)


def _load(name: str, one: Later) -> Any:
    found = getattr(import_module(one.module), name.replace("-", "_"))
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)
