"""What browser tests share: a whole server on loopback."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest
from house import House, house
from hurried_voice import hurried_voice
from signing_in import KEY


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
