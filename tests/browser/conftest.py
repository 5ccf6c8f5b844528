"""What browser tests share: a whole server on loopback."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from chromium import Chromium
from chromium_process import ChromiumProcess
from house import House, house
from hurried_voice import hurried_voice
from signing_in import KEY


@pytest.fixture(scope="module", name="chromium")
def _chromium(chromium: Chromium) -> Iterator[Chromium]:
    """One that goes on from test to test of a file; each has a context of its own, with nothing of the others."""
    kept = dict[tuple[str, ...], ChromiumProcess]()
    try:
        yield replace(chromium, kept=kept)
    finally:
        for process in kept.values():
            process.end()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    """The same for a whole file; a test has it by ``lent``."""
    async with house(tmp_path_factory.mktemp("house"), API_KEY=KEY) as opened:
        yield opened


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[House]:
    """A server with its console, its database and the local Azure; signed in to with ``KEY``."""
    async with house(tmp_path, API_KEY=KEY) as opened:
        yield opened


@pytest.fixture
def hurried() -> Iterator[None]:
    """Agents speak three times as fast."""
    with hurried_voice():
        yield
