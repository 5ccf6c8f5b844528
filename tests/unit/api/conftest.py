"""What several tests of the API share."""

from collections.abc import AsyncIterator

import pytest
from session_office import Office


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A server with sessions, in memory."""
    made = Office()
    yield made
    await made.sessions.close()
