"""The real server as its container has it: the image's files and packages, exactly the Bicep's environment, and a call.

What Azure completes is the local Azure's; ACS and Redis stand behind TLS, as their clients insist with tokens. There
is no key anywhere: every service is reached with a token of the identity that Container Apps lends to the container.
"""

import asyncio
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from bicep_files import INFRA
from database_stand_in import DatabaseServer, database_server, run
from deployed import GIVEN, container, environment, is_open, main
from image import Image, packages, replay
from platform_stand_in import (
    CLIENT_ID,
    OBJECT_ID,
    OPAQUE,
    Identity,
    bare_environment,
    behind_tls,
    certificate,
    identity,
    program,
    secrets_in,
    vault_az,
)
from redis.asyncio import Redis

from local_azure.ports import free_port
from local_azure.redis_server import redis_server
from local_azure.server import EmulatorServer, emulator
from local_azure.state import Subscription

pytestmark = [pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(240)]

ROOT = INFRA.parent
LINE = "+18005550100"
ROLE = "id-test"


@dataclass
class Deployed:
    """The server's container, and what it leans on."""

    process: asyncio.subprocess.Process
    azure: EmulatorServer
    identity: Identity
    database: DatabaseServer
    url: str
    log: Path
    api_key: str

    async def get(self, path: str, *, key: bool = False) -> tuple[int, object]:
        """A request, with the operator's key or without any."""
        headers = {"Authorization": f"Bearer {self.api_key}"} if key else {}
        async with aiohttp.ClientSession() as web, web.get(f"{self.url}{path}", headers=headers) as answer:
            return answer.status, await answer.json(content_type=None) if answer.status == 200 else None

    async def post(self, path: str, body: str) -> int:
        """The status of a request without any key."""
        headers = {"Content-Type": "application/json"}
        async with aiohttp.ClientSession() as web, web.post(f"{self.url}{path}", data=body, headers=headers) as answer:
            return answer.status

    async def well(self, limit_s: float = 40) -> None:
        """Wait until nothing is amiss: a machine that is busy with the start may let Redis wait too long."""
        health: object = None
        try:
            async with asyncio.timeout(limit_s):
                while not isinstance(health, dict) or health["status"] != "ok":
                    await asyncio.sleep(0.3)
                    _, health = await self.get("/api/v1/health", key=True)
        except TimeoutError:
            pytest.fail(json.dumps(health, indent=1))

    async def counts(self, limit_s: float = 60, **wanted: int) -> None:
        """Wait until what is scaled on says so, whichever worker is asked."""
        seen: object = None
        async with asyncio.timeout(limit_s):
            while True:
                _, stats = await self.get("/stats", key=True)
                assert isinstance(stats, dict)
                seen = stats["everywhere"]
                if wanted.items() <= seen.items():
                    return
                await asyncio.sleep(0.2)

    async def ready(self, limit_s: float = 90) -> None:
        """Wait until it says so itself."""
        async with asyncio.timeout(limit_s):
            while True:
                assert self.process.returncode is None, self.log.read_text()
                try:
                    if (await self.get("/readyz"))[0] == 200:
                        return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.2)


def completed(known: Mapping[str, str]) -> dict[str, str]:
    """The Bicep's environment: what is open in it from ``known``, all else as it is written."""
    found = environment()
    assert {name for name, value in found.items() if is_open(value)} <= set(known)
    return {name: known.get(name, value) for name, value in found.items()}


async def _redis(stack: AsyncExitStack, cert: tuple[Path, Path]) -> int:
    """A Redis that knows one user, with a token for a password, behind TLS."""
    url, _ = stack.enter_context(redis_server())
    admin = Redis.from_url(url)
    token = OPAQUE["https://redis.azure.com"]
    await admin.execute_command("ACL", "SETUSER", OBJECT_ID, "reset", "on", "~*", "&*", "+@all", f">{token}")
    await admin.execute_command("ACL", "SETUSER", "default", "off")
    await admin.aclose()
    return await stack.enter_async_context(behind_tls(int(url.rpartition(":")[2].split("/")[0]), cert))


def _set_up(database: DatabaseServer, folder: Path) -> Mapping[str, str]:
    """What infra/scripts/set-up.sh makes, told what the Bicep tells it; gives the secrets."""
    vault_az(folder / "bin", folder / "vault")
    names = [entry["secret"] for entry in main().name("secrets")]
    told = {**database.environment(ROLE, folder / "bin"), "VAULT": "kv", "SECRETS": " ".join(names)}
    done = run(INFRA / "scripts" / "set-up.sh", told)
    assert done.returncode == 0, done.stderr
    made = secrets_in(folder / "vault")
    return {entry["name"]: made[entry["secret"]] for entry in main().name("secrets")}


def _image(folder: Path) -> Image:
    """The image's files, of which only ``var`` can be written, its packages, and its program."""
    image = replay(ROOT, folder / "image")
    packages((ROOT / "requirements" / "server.lock").read_text("utf-8"), folder / "packages")
    python = shlex.quote(sys.executable)
    program(folder / "bin", "ringmaster", f'#!/bin/sh\nexec {python} -S -m backend "$@"\n')
    for path in [image.inside("."), *image.inside(".").rglob("*")]:
        if str(path) not in image.writable:
            path.chmod(path.stat().st_mode & ~0o222)
    return image


def nobody_in_particular() -> list[str]:
    """What has root run a command as somebody who is bound by modes of files; nothing where that cannot be done."""
    prefix = ["unshare", "--user", "--map-user=10001"]
    can = os.geteuid() == 0 and shutil.which("unshare")
    return prefix if can and subprocess.run([*prefix, "true"], check=False).returncode == 0 else []


@asynccontextmanager
async def deployed(folder: Path, postgres: str) -> AsyncIterator[Deployed]:
    """Set everything up and start the container."""
    async with AsyncExitStack() as stack:
        cert = certificate(folder)
        azure = await stack.enter_async_context(emulator(stt="scripted", tts="tone"))
        lent = await stack.enter_async_context(identity(azure.url))
        database = database_server(postgres, "ringmaster")
        secrets = _set_up(database, folder)
        port, acs = free_port(), await stack.enter_async_context(behind_tls(int(azure.url.rpartition(":")[2]), cert))
        redis = await _redis(stack, cert)
        audience = GIVEN["eventGridApplicationId"]
        told = completed(
            {
                "AZURE_CLIENT_ID": CLIENT_ID,
                "ACS_ENDPOINT": f"https://localhost:{acs}",
                "ACS_RESOURCE_ID": azure.state.acs_resource_id,
                "AZURE_SPEECH_ENDPOINT": azure.ws_url,
                "AZURE_SPEECH_RESOURCE_ID": "/subscriptions/x/speech",
                "AZURE_OPENAI_ENDPOINT": azure.url,
                "RECORDINGS_CONTAINER": f"{azure.url}/storage/recordings",
                "REDIS_URL": f"rediss://{OBJECT_ID}@localhost:{redis}/0",
                "DATABASE_URL": f"postgresql+psycopg://{ROLE}@127.0.0.1:{database.url.port}/ringmaster",
                "EVENT_GRID_ISSUER": f"{azure.url}/entra/local/v2.0",
                "ENTRA_AUTHORITY": azure.url,
                "EVENT_GRID_JWKS_URL": f"{azure.url}/entra/local/discovery/v2.0/keys",
                "APPLICATIONINSIGHTS_CONNECTION_STRING": "",
                "ALLOWED_HOSTS": "",
                "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
                **secrets,
            }
        )
        told |= {"PORT": str(port), "ACS_JWKS_URL": f"{azure.url}/calling/keys"}  # 8080 may be taken; Azure's own keys
        image = _image(folder)
        here = str(image.inside("."))
        log = folder / "log"
        with log.open("w") as out:
            process = await asyncio.create_subprocess_exec(
                *nobody_in_particular(),
                *container()["command"],
                *container()["args"],
                cwd=image.inside("."),
                env={
                    **bare_environment(folder / "bin"),
                    **image.here(),
                    "PYTHONPATH": f"{here}:{folder / 'packages'}",
                    "IDENTITY_ENDPOINT": lent.url,
                    "IDENTITY_HEADER": "of-the-platform",
                    "SSL_CERT_FILE": str(cert[0]),
                    **told,
                },
                stdout=out,
                stderr=out,
            )
        stack.push_async_callback(_end, process)
        found = Deployed(process, azure, lent, database, f"http://127.0.0.1:{port}", log, secrets["API_KEY"])
        await found.ready()
        subscription = Subscription("incoming-calls", f"{found.url}/api/v1/calls/answer", audience=audience)
        assert await azure.event_grid.subscribe(subscription)
        yield found


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(30):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def test_it_comes_up_and_takes_a_call(postgres_with_passwords: str, tmp_path: Path) -> None:
    async with deployed(tmp_path, postgres_with_passwords) as server:
        assert (await server.get("/api/v1/calls"))[0] == 401
        assert await server.post("/api/v1/calls/answer", "[]") == 401  # no token of Event Grid
        await server.well()
        phone = server.azure.phones.dial(LINE)
        await phone.until_connected()
        await phone.until(lambda: "How can I help you" in phone.heard or phone.state == "ended", 40)
        assert "How can I help you" in phone.heard, server.log.read_text()
        await server.counts(live=1, workers=int(environment()["WORKERS"]))
        phone.hang_up()
        with server.database.connect("ringmaster") as admin:
            (owner,) = admin.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'calls'").fetchone() or ("",)
        assert owner == ROLE
        asked = {resource for resource, client in server.identity.asked if client == CLIENT_ID}
        assert asked >= {*OPAQUE, "https://communication.azure.com", "https://cognitiveservices.azure.com"}
        server.process.terminate()
        async with asyncio.timeout(60):
            assert await server.process.wait() == 0
