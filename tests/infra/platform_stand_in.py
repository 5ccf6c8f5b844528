"""What Container Apps and Key Vault do for a server: an identity, TLS in front of services, secrets, an ``az``."""

import asyncio
import base64
import os
import ssl
import stat
import textwrap
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiohttp import ClientSession, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "5d1f3c60-0000-4000-8000-00000000c11e"
OBJECT_ID = "0f3c2b1a-0000-4000-8000-5d6e7f809a1b"
OPAQUE = {
    "https://redis.azure.com": "token.for.redis",
    "https://ossrdbms-aad.database.windows.net": "token.for.postgres",
}
"""Tokens that services take here as passwords, so they have to stay the same."""


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, which is its own authority, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "localhost.pem", folder / "localhost.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return public, private


@asynccontextmanager
async def behind_tls(port: int, cert: tuple[Path, Path]) -> AsyncIterator[int]:
    """TLS in front of a port of this machine; gives the port that speaks it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*cert)
    tasks: set[asyncio.Task[None]] = set()

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        for task in (asyncio.create_task(pump(reader, back)), asyncio.create_task(pump(there, writer))):
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass
class Identity:
    """The endpoint that gives tokens to a container, and what was asked for."""

    url: str
    asked: list[tuple[str, str]]
    """Resource and client id."""


@asynccontextmanager
async def identity(emulator: str) -> AsyncIterator[Identity]:
    """Passes questions on to the local Azure's Entra ID, but for tokens that are passwords."""
    asked: list[tuple[str, str]] = []

    async def token(request: web.Request) -> web.Response:
        resource = request.query["resource"]
        asked.append((resource.rstrip("/"), request.query.get("client_id", "")))
        async with (
            ClientSession() as session,
            session.get(
                f"{emulator}/entra/identity/token",
                params=dict(request.query),
                headers={"X-IDENTITY-HEADER": request.headers.get("X-IDENTITY-HEADER", "")},
            ) as answer,
        ):
            body = await answer.json()
            if resource.rstrip("/") in OPAQUE:
                body["access_token"] = OPAQUE[resource.rstrip("/")]
            return web.json_response(body, status=answer.status)

    app = web.Application()
    app.router.add_get("/msi/token", token)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield Identity(f"http://127.0.0.1:{port}/msi/token", asked)
    finally:
        await runner.cleanup()


def program(folder: Path, name: str, text: str) -> None:
    """Put a program into a folder that will stand on PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(textwrap.dedent(text).lstrip())
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def vault_az(folder: Path, vault: Path) -> None:
    """An ``az`` that knows one vault (a folder) and gives a token for PostgreSQL."""
    vault.mkdir(parents=True, exist_ok=True)
    program(
        folder,
        "az",
        f"""
        #!/bin/bash
        while [ $# -gt 0 ]; do
          case $1 in
            --name) name=$2; shift ;;
            --file) file=$2; shift ;;
            -*) [ "${{2:0:1}}" = - ] || shift ;;
            *) words="$words $1" ;;
          esac
          shift
        done
        case $words in
          " keyvault secret list") ls {vault} | wc -l ;;
          " keyvault secret show")
            [ -n "$DENIED" ] && {{ echo "(Forbidden) the caller may not" >&2; exit 1; }}
            [ -f {vault}/$name ] || {{ echo "(SecretNotFound) $name was not found" >&2; exit 3; }}
            echo "https://kv/secrets/$name" ;;
          " keyvault secret set") cat "$file" > {vault}/$name ;;
          " account get-access-token") echo postgres ;;
          *) echo "no such command:$words" >&2; exit 2 ;;
        esac
        """,
    )


def secrets_in(vault: Path) -> Mapping[str, str]:
    """What is in the vault."""
    return {file.name: file.read_text() for file in vault.iterdir()}


def is_a_key(secret: str) -> bool:
    """32 random bytes in base64."""
    return len(base64.b64decode(secret, validate=True)) == 32


def bare_environment(*folders: Path) -> dict[str, str]:
    """Nothing but a PATH."""
    return {"PATH": ":".join([*(str(one) for one in folders), os.environ["PATH"]])}
