"""Plants a seed that belongs to somebody else and edits the store, as another user. Prints what happened.

Usage: ``foreign_seed.py SEED [PLACE]``, both folders; run as root it becomes ``nobody`` first. Without a place the seed
itself is the store, which cannot be written.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.seeding import Seed
from backend.agents.store import load_store
from backend.domain.tool import ToolNames
from backend.errors import EditRefused
from backend.testing.books import MemoryRevisions

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})


async def main(seed: Path, place: Path) -> None:
    """Start, edit, start again."""
    folder, revisions = StoreFolder(place / "agent_store", place / "prompt_store"), MemoryRevisions()
    live = LiveStore(folder, TOOLS, revisions, LocalVersionBoard(), planted=await Seed(seed, folder, revisions).plant())
    await live.open()
    before = live.status()
    await live.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "ann"))
    again = LiveStore(
        folder, TOOLS, revisions, LocalVersionBoard(), planted=await Seed(seed, folder, revisions).plant()
    )
    await again.open()
    print(
        json.dumps(
            {
                "user": os.geteuid(),
                "first": before.actor,
                "prompt": again.store.prompts["one.jinja"],
                "note": again.status().note,
                "seed": (seed / "prompt_store/one.jinja").read_text(),
                "writable_seed": os.access(seed / "prompt_store", os.W_OK),
            }
        )
    )


async def refused(store: Path) -> None:
    """Start on a store of somebody else's, and try to edit it."""
    folder, revisions = StoreFolder(store / "agent_store", store / "prompt_store"), MemoryRevisions()
    board, told = LocalVersionBoard(), []
    live = LiveStore(folder, TOOLS, revisions, board)
    await live.open()
    move = board.move

    async def noted(*, expected: str | None, to: str) -> bool:
        told.append(to)
        return await move(expected=expected, to=to)

    board.move = noted  # type: ignore[method-assign]
    said = ""
    try:
        await live.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "ann"))
    except EditRefused as error:
        said = str(error)
    found = {"said": said, "told": told, "listed": len(await revisions.list()), "note": live.status().note}
    print(json.dumps(found | {"prompt": live.store.prompts["one.jinja"]}))


if __name__ == "__main__":
    load_store(Path(sys.argv[1], "agent_store"), Path(sys.argv[1], "prompt_store"), TOOLS)  # imports what it needs
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    paths = [Path(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*paths) if len(paths) > 1 else refused(*paths))
