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
    """A command that is imported when it is run.

    Attributes:
        module: where it is; the function has the command's name.
        help: the first line of its docstring, for the list of commands.
        needs: a package without which there is no such command.
    """

    module: str
    help: str
    needs: str = ""

    def is_there(self) -> bool:
        """Is what it needs installed?"""
        return not self.needs or find_spec(self.needs) is not None


class LazyGroup(TyperGroup):
    """Commands that are imported at once, and after them those of ``later``."""

    later: ClassVar[Mapping[str, Later]] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, one in self.later.items():
            if one.is_there():
                self.commands[name] = TyperCommand(name, help=one.help)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is run, in whole."""
        name = args[0] if args else ""
        if name in self.later and name in self.commands:
            self.commands[name] = _load(name, self.later[name])
        return super().resolve_command(ctx, args)


def _load(name: str, one: Later) -> Any:
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(getattr(import_module(one.module), name))
    return typer.main.get_command(alone)
