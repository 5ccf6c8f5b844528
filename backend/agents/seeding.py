"""The store that an image brings, and what becomes of it where another one is live already.

A container's own copy of the store belongs to the image: it cannot be written, and it comes back with every start.
So it is a seed. The first start copies it to where the server may write; from there on the store is what people made
of it, kept on that disk and, version by version, in the records. An image with another seed brings it live only while
nobody has ever edited the store; an edited store stays, and it is said that a seed waits.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.agents.files import read_files, version_of
from backend.agents.folder import StoreFolder
from backend.domain.revision import Revision
from backend.errors import ConfigError, EditRefused
from backend.ports import Revisions

__all__ = ["FROM_IMAGE", "Planted", "Seed", "seed_contents"]

log = logging.getLogger(__name__)

FROM_IMAGE = "image"
"""Who put a version live that an image brought."""
_MARK = ".seed.json"


@dataclass(frozen=True, slots=True)
class Planted:
    """What became of a seed at a start."""

    version: str
    """The seed's."""
    actor: str = ""
    """Who made what is on disk, where that is only a copy of the seed or of the records; else empty."""
    waits: str = ""
    """One sentence where the seed is another one than the live store; else empty."""

    def waits_beside(self, live: str) -> str:
        """The same, beside the version that is live by now."""
        return self.waits if live != self.version else ""


def seed_contents(seed: Path) -> dict[str, str]:
    """The files of a seed.

    Raises:
        ConfigError: there is none, or it cannot be read.
    """
    files = read_files(seed / "agent_store", seed / "prompt_store")
    faults = [problem for problem in files.problems if not problem.outdated]
    if faults or not files.agents:
        why = str(faults[0]) if faults else "it has no agents"
        raise ConfigError(f"STORE_SEED: expected a folder with agent_store and prompt_store at {seed}; {why}")
    return files.contents()


class Seed:
    """A seed and the place for the store.

    Args:
        seed: folder that holds agent_store and prompt_store, never written.
        folder: where the store lives; made where it is not there yet.
        revisions: every version that was live.
    """

    def __init__(self, seed: Path, folder: StoreFolder, revisions: Revisions) -> None:
        self._seed, self._folder, self._revisions = seed, folder, revisions

    async def plant(self) -> Planted:
        """Have something at the store's place: what is there already, what was live last, or the seed.

        Raises:
            ConfigError: the seed cannot be read, or the place cannot be written.
            Unavailable: the records cannot be reached.
        """
        contents = await asyncio.to_thread(seed_contents, self._seed)
        version = version_of(contents)
        last, known = await self._revisions.last_live(), await self._revisions.get(version)
        was_live = known is not None and not known.draft
        wanted = contents if last is None or (_is_from_image(last) and not was_live) else dict(last.files)
        try:
            copied = await self._put(wanted)
        except (OSError, EditRefused) as error:
            place = self._folder.agent_store.parent
            raise ConfigError(f"AGENT_STORE: expected a place that can be written at {place}; {error}") from error
        waits = "" if was_live or wanted is contents or last is None else _words(version, last)
        if waits:
            log.warning(
                "the agent store in the image differs from the live one",
                extra={"event": "store.seed_waits", "seed": version},
            )
        by = FROM_IMAGE if wanted is contents or last is None else last.last_actor or last.actor
        return Planted(version, by if copied else "", waits)

    async def _put(self, wanted: Mapping[str, str]) -> bool:
        """Is what is on disk a copy now? It is not where somebody has worked there."""
        for place in (self._folder.agent_store, self._folder.prompt_store):
            for folder in (place, place / "agents", place / "lines") if place is self._folder.agent_store else (place,):
                await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        async with self._folder.alone():
            return await asyncio.to_thread(self._copy, wanted)

    def _copy(self, wanted: Mapping[str, str]) -> bool:
        disk = self._folder.read().contents()
        mark = self._folder.agent_store / _MARK
        if disk and version_of(disk) not in {_marked(mark), version_of(wanted)}:
            return False
        names = sorted(disk.keys() | wanted.keys())
        self._folder.write({name: wanted.get(name) for name in names if disk.get(name) != wanted.get(name)})
        mark.write_text(json.dumps({"copy": version_of(wanted)}), "utf-8")
        return True


def _is_from_image(revision: Revision) -> bool:
    return (revision.last_actor or revision.actor) == FROM_IMAGE


def _words(version: str, last: Revision) -> str:
    who = last.last_actor or last.actor
    return (
        f"the image brings another store ({version}); {last.version} by {who} stays live. "
        "`ringmaster store seed` shows what differs, and puts it live when asked to"
    )


def _marked(mark: Path) -> str:
    """The version that was copied here; a mark that says nothing is none."""
    try:
        found = json.loads(mark.read_text("utf-8"))
        return str(found["copy"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
