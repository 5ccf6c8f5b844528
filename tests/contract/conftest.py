"""A Redis and a cluster of three for the contract tests: what holds for one holds for the other."""

from collections.abc import AsyncIterator, Iterator

import pytest
from worker_stage import Workers, two_workers

from backend.adapters.redis.client import connect
from local_azure.redis_cluster import LocalCluster, redis_cluster
from local_azure.redis_server import redis_server


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    with redis_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def single_url() -> Iterator[str]:
    with redis_server() as (url, _):
        yield url


@pytest.fixture(scope="module", params=["single", "cluster"])
def redis_url(request: pytest.FixtureRequest) -> str:
    """Tests that ask for it run on both. Each clears it before use: it is shared."""
    if request.param == "single":
        return str(request.getfixturevalue("single_url"))
    found: LocalCluster = request.getfixturevalue("cluster")
    return found.url


@pytest.fixture
async def workers(redis_url: str) -> AsyncIterator[Workers]:
    """Two workers that meet in an empty Redis."""
    redis = connect(redis_url, 10.0)
    await redis.flushall()
    await redis.aclose()
    async with two_workers(redis_url) as both:
        yield both
