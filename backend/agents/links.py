"""Links in a store's folders: they may lead to another place in the store, and nowhere else.

What is read is shown to everybody who may see the store, and what is written is written where a link leads. So a link
may neither bring a file of the server into the store, nor have an edit of the store change one.
"""

import os
from pathlib import Path

__all__ = ["LEADS_OUT", "is_within", "root_of"]

LEADS_OUT = "is a link that leads out of the store, and is not followed; put the file itself there"
"""What is told of one that does not stay in the store."""


def root_of(folder: Path, store: Path) -> str:
    """The real place that no link in a folder of a store may lead out of. The folder may itself be a link, to another
    place in the store; below one that leads elsewhere nothing is inside."""
    real = os.path.realpath(store)
    return os.path.realpath(folder) if is_within(folder, real) else real


def is_within(path: Path, root: str) -> bool:
    """Does it lead to a place below ``root``, which is a real place, or to that place itself?"""
    real = os.path.realpath(path)
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)
