"""A real LiveKit server on this machine. ``make test-livekit`` builds it; nothing but loopback is listened on."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backend.errors import ConfigError
from local_azure.companion import companion
from local_azure.livekit.access import LiveKitAccess
from local_azure.ports import free_port

__all__ = ["LiveKitServer", "find_livekit_server", "livekit_server"]

_BUILT = Path(__file__).resolve().parents[2] / ".tools" / "livekit-server"
_START_S = 10.0
_SHORTEST = 32
"""A LiveKit server warns of shorter secrets."""


@dataclass(frozen=True, slots=True)
class LiveKitServer:
    """A server that runs.

    Args:
        url: where SDKs connect to, ``ws://host:port``.
        api_key, api_secret: the pair that signs its tokens.
        process: to be killed, or frozen, by a test.
    """

    url: str
    api_key: str
    api_secret: str = field(repr=False)
    process: "subprocess.Popen[bytes]" = field(repr=False)

    @property
    def http_url(self) -> str:
        """The same address for its API."""
        return self.url.replace("ws", "http", 1)

    @property
    def access(self) -> LiveKitAccess:
        """The same, for a local Azure that stands before it."""
        return LiveKitAccess(self.url, self.api_key, self.api_secret)

    def environment(self) -> dict[str, str]:
        """What a server that uses it must be given."""
        return {"LIVEKIT_URL": self.url, "LIVEKIT_API_KEY": self.api_key, "LIVEKIT_API_SECRET": self.api_secret}


def find_livekit_server() -> Path | None:
    """The binary: what ``LIVEKIT_SERVER_BINARY`` names, what was built, or what is on PATH."""
    named = os.environ.get("LIVEKIT_SERVER_BINARY")
    on_path = shutil.which("livekit-server")
    candidates = [Path(named) if named else None, _BUILT, Path(on_path) if on_path else None]
    return next((path for path in candidates if path is not None and os.access(path, os.X_OK)), None)


@contextmanager
def livekit_server(
    port: int | None = None, webhooks: Sequence[str] = (), api_key: str = "", api_secret: str = ""
) -> Generator[LiveKitServer]:
    """Run it.

    Args:
        port: where it listens; one that is free when not given.
        webhooks: addresses that it tells what happens in its rooms.
        api_key, api_secret: new ones when not given; a secret has 32 characters or more.

    Raises:
        ConfigError: there is none, it does not start, or the secret is too short.
    """
    if api_secret and len(api_secret) < _SHORTEST:
        raise ConfigError(f"LIVEKIT_API_SECRET: expected {_SHORTEST} characters or more, or nothing")
    binary = find_livekit_server()
    if binary is None:
        raise ConfigError("no LiveKit server: `make .tools/livekit-server` builds one")
    chosen, key, secret = port or free_port(), api_key or "devkey", api_secret or secrets.token_urlsafe(32)
    with TemporaryDirectory(prefix="ringmaster-livekit-") as folder:
        config = Path(folder) / "livekit.yaml"
        config.touch(0o600)
        config.write_text(json.dumps(_config(chosen, key, secret, webhooks)), "utf-8")
        command = [str(binary), "--config", str(config), "--node-ip", "127.0.0.1"]
        with companion(command, silent=True) as process:
            _wait_until_up(process, chosen)
            yield LiveKitServer(f"ws://127.0.0.1:{chosen}", key, secret, process)


def _config(port: int, key: str, secret: str, webhooks: Sequence[str]) -> dict[str, Any]:
    """JSON is YAML. Without ``lo`` among the interfaces, and loopback candidates, nothing on this machine connects."""
    return {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "keys": {key: secret},
        "logging": {"level": "error"},
        "rtc": {
            "node_ip": "127.0.0.1",
            "tcp_port": 0,
            "udp_port": free_port(socket.SOCK_DGRAM),
            "use_external_ip": False,
            "enable_loopback_candidate": True,
            "interfaces": {"includes": ["lo"]},
        },
        **({"webhook": {"api_key": key, "urls": list(webhooks)}} if webhooks else {}),
    }


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ConfigError(f"the LiveKit server ended with status {process.returncode} instead of starting")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise ConfigError(f"the LiveKit server did not start within {_START_S:.0f} seconds")
