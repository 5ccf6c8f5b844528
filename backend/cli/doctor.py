"""``ringmaster doctor``: everything that a report of a fault needs, in one file and without what is private."""

import asyncio
import json
import platform
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import aiohttp
import typer
from pydantic import SecretStr

from backend import __version__
from backend.adapters.telemetry.redaction import masked_field, masked_text
from backend.adapters.terminal.screen import screen
from backend.agents.store import load_store
from backend.api.door.local_key import key_for
from backend.cli.guard import guarded
from backend.errors import ConfigError, StoreError
from backend.tool_store.built_in_names import BUILT_IN
from config import Settings
from config.concern import Concern

__all__ = ["doctor", "gathered", "shown_settings"]

_out = screen()
_LIMIT_S = 20.0
_PACKAGES = (
    "fastapi", "uvicorn", "uvloop", "websockets", "redis", "sqlalchemy", "psycopg", "openai", "aiohttp", "msgspec",
    "azure-cognitiveservices-speech", "azure-communication-callautomation", "azure-identity", "opentelemetry-sdk",
)  # fmt: skip
_ROUTES = {
    "health.json": "/api/v1/health?deep=1",
    "stats.json": "/stats",
    "diagnostics.json": "/api/v1/diagnostics",
    "metrics.txt": "/metrics",
}
_MAY_HOLD = ("url", "endpoint", "resource", "number", "numbers", "address", "source", "audience", "issuer")
"""Settings whose names end like this may name somebody's resources or numbers: only whether they are set is told."""


def doctor(
    out: Annotated[
        Path | None, typer.Option(help="File to write. Default: ringmaster-doctor-TIME.zip in this folder.")
    ] = None,
    url: Annotated[
        str,
        typer.Option(
            help="Address of a running server. Default: PUBLIC_BASE_URL of the settings, else PORT on this machine."
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            envvar="API_KEY", help="API key with the role admin. Default: API_KEY of the settings.", show_default=False
        ),
    ] = "",
) -> None:
    """Collect what a bug report needs in one file.

    Versions, settings without secrets, health, the state of the Azure services, statistics, the last log lines, and
    the result of `ringmaster check`.
    """

    def run(settings: Settings) -> None:
        path = out or Path(f"ringmaster-doctor-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip")
        given = key or settings.security.api_key.get_secret_value()
        address = url or settings.connections.base_url
        files = asyncio.run(gathered(settings, address, key_for(address, given)))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, text in files.items():
                bundle.writestr(name, text)
        _out.print(
            f"wrote {path} ({path.stat().st_size // 1024 + 1} KiB): {', '.join(files)}", markup=False, soft_wrap=True
        )
        _out.print("It holds no secrets and nothing that callers said; look through it before you hand it on.")

    guarded(run)


async def gathered(settings: Settings, url: str, key: str) -> dict[str, str]:
    """The files of a bundle by name. What cannot be had says why, and the rest is there all the same."""
    files = {
        "versions.json": json.dumps(_versions(), indent=1),
        "settings.json": json.dumps(shown_settings(settings), indent=1),
        "store.txt": await asyncio.to_thread(_store, settings),
    }
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_LIMIT_S)) as web:
        for name, route in _ROUTES.items():
            files[name] = await _asked(web, f"{url.rstrip('/')}{route}", headers)
    return files


async def _asked(web: aiohttp.ClientSession, address: str, headers: Mapping[str, str]) -> str:
    try:
        async with web.get(address, headers=dict(headers), allow_redirects=False) as answer:
            text = await answer.text()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return f"not to be had: the server does not answer ({type(error).__name__})"
    if answer.status != 200:
        return f"not to be had: the server answered {answer.status}"
    try:
        return json.dumps(_masked("", json.loads(text)), indent=1, ensure_ascii=False)
    except ValueError:
        return "\n".join(map(masked_text, text.split("\n")))


def _masked(name: str, value: Any) -> Any:
    """The server has masked what it tells; this is for what it forgot. Figures are nobody's."""
    if isinstance(value, dict):
        return {str(key): _masked(str(key), each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(name, each) for each in value]
    return masked_field(name, value) if isinstance(value, str) else value


def shown_settings(settings: Settings) -> dict[str, Any]:
    """Each setting with its value, where that can be nobody's and no secret; else whether it is set."""
    shown: dict[str, Any] = {}
    for name in settings.__dataclass_fields__:
        concern = getattr(settings, name)
        if not isinstance(concern, Concern):
            continue
        for field in type(concern).model_fields:
            shown[field.upper()] = _shown(field, getattr(concern, field))
    return shown


def _shown(name: str, value: object) -> object:
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    if name.endswith(_MAY_HOLD):
        return "set" if value else "not set"
    if isinstance(value, bool | int | float):
        return value
    return masked_text(str(value))


def _versions() -> dict[str, str]:
    found = {"ringmaster": __version__, "python": sys.version.split()[0], "platform": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _store(settings: Settings) -> str:
    connections = settings.connections
    try:
        store = load_store(connections.agent_store, connections.prompt_store, BUILT_IN)
    except StoreError as error:
        return "did not pass the check:\n" + "\n".join(masked_text(problem) for problem in error.problems)
    except (ConfigError, OSError) as error:
        return f"cannot be read: {type(error).__name__}"
    return f"ok: version {store.version}, {len(store.agents)} agents, {len(store.lines)} lines"
