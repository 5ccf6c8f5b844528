"""What runs a command with the settings, without importing these for a help text."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Settings

__all__ = ["guarded"]


def guarded(command: Callable[["Settings"], None]) -> None:
    """Run a command with the settings; what must be put right is said in a sentence."""
    from backend.cli.guard import guarded as run  # settings take a while to import

    run(command)
