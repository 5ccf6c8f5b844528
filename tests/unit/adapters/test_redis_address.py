"""What REDIS_URL says, and how the nodes of a cluster are reached."""

import pytest

from backend.adapters.redis.address import RedisAddress
from backend.adapters.redis.client import connect


@pytest.mark.parametrize(
    ("url", "rest", "cluster"),
    [
        ("redis://h:1/0", "redis://h:1/0", None),
        ("redis://h:1/0?cluster=true", "redis://h:1/0", True),
        ("rediss://u:p@h:1?cluster=FALSE&protocol=2", "rediss://u:p@h:1?protocol=2", False),
    ],
)
def test_whether_it_is_a_cluster_may_be_said(url: str, rest: str, cluster: bool | None) -> None:
    found = RedisAddress.read(url)
    assert (found.url, found.cluster) == (rest, cluster)


@pytest.mark.parametrize(
    "url",
    [
        "http://h:1",
        "h:1",
        "redis://h:1/0?cluster=perhaps",
        "redis://h:1?cluster=true&cluster=false",
        "redis://:hush@h:1/3?cluster=true",
        "redis://:hush@h:none/0",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        connect(url, 1.0)
    assert "hush" not in str(refused.value)


def test_an_address_is_shown_without_its_password() -> None:
    assert "hush" not in repr(connect("redis://:hush@h:1/0", 1.0))


@pytest.mark.parametrize(
    ("url", "node", "reached"),
    [
        ("rediss://cache.example.com:10000", ("20.1.2.3", 8500), ("cache.example.com", 8500)),
        ("rediss://cache.example.com:10000", ("::1", 8500), ("cache.example.com", 8500)),
        ("rediss://cache.example.com:10000", ("node-1.example.com", 8500), ("node-1.example.com", 8500)),
    ],
)
def test_over_tls_a_node_that_is_named_by_number_is_reached_by_the_name_of_the_certificate(
    url: str, node: tuple[str, int], reached: tuple[str, int]
) -> None:
    remap = RedisAddress.read(url).remap()
    assert remap is not None
    assert remap(node) == reached


@pytest.mark.parametrize("url", ["redis://cache.example.com:1", "rediss://10.0.0.1:1"])
def test_elsewhere_nodes_are_reached_as_they_are_named(url: str) -> None:
    assert RedisAddress.read(url).remap() is None
