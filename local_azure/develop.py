"""``ringmaster dev``: the local Azure, Redis and the server, started together and stopped together."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from rich.console import Console

from backend.adapters.telemetry.logs import set_up_logs
from backend.api.door.local_key import LOCAL_KEY, LocalKey
from backend.boot.ciphers import make_key_file
from backend.boot.supervisor import supervise
from backend.boot.telling import whoever_listens
from backend.errors import ConfigError
from config import Settings, load_settings
from local_azure.address import DEFAULT_PORT
from local_azure.companion import companion
from local_azure.entra_people import sign_in_environment
from local_azure.livekit.server_process import livekit_server
from local_azure.redis_server import redis_server

__all__ = ["LastingConsole", "call_command", "develop", "local_environment"]

_UP_S = 20.0
_HEARD_BY = {"moonshine": "Moonshine", "sphinx": "PocketSphinx", "whisper": "Whisper", "scripted": "a script"}
"""What each recognizer is called where somebody speaks to it."""


class LastingConsole(Console):
    """One that may be closed: the server goes on."""

    def on_broken_pipe(self) -> None:
        """Tell ``whoever_listens``; the usual one ends the process."""
        raise  # noqa: PLE0704 - it is called where the error is caught


_console = LastingConsole(highlight=False, emoji=False)
_progress = LastingConsole(stderr=True, highlight=False, emoji=False)


def develop(
    stt: str, tts: str, latency: str, manner: str, emulator_port: int, *, livekit: bool = False, sign_in: bool = False
) -> None:
    """Run everything until stopped.

    Args:
        livekit: start a LiveKit server, too.
        sign_in: people of the local Azure's directory may sign in to the console.

    Raises:
        ConfigError: a port is in use, or a part does not start.
    """
    azure = f"127.0.0.1:{emulator_port}"
    os.environ.setdefault("LOCAL_KEY_FILE", str(LOCAL_KEY.absolute()))
    os.environ.setdefault("HEARD_BY", _HEARD_BY.get(stt, stt))
    if sign_in:
        for name, value in sign_in_environment(f"http://{azure}").items():
            os.environ.setdefault(name, value)
    settings = _settings_for(azure)
    local = LocalKey(Path(settings.security.local_key_file)) if settings.security.local_key_file else None
    if local:
        local.make()
    if make_key_file(settings):
        _tell(f"made a key that personal data is sealed with: {settings.data.data_key_file}")
    with ExitStack() as stack:
        try:
            if not settings.connections.redis_url.get_secret_value():
                _tell("starting Redis")
                os.environ["REDIS_URL"] = stack.enter_context(redis_server())[0]
            _tell(f"starting the local Azure on {azure}: recognizer, voice and stand-in model")
            options = ["--stt", stt, "--tts", tts, "--latency", latency, "--model-manner", manner]
            if livekit:
                options += _start_livekit(stack, settings, azure)
            stack.enter_context(_emulator(emulator_port, [*options, "--subscribe", _webhook(settings)]))
            _tell("starting the server")
            _serve(load_settings(), azure, local, stack.close)
        except KeyboardInterrupt:  # before the server took the signals over
            _stopping()
            stack.close()
            raise SystemExit(130) from None


def _start_livekit(stack: ExitStack, settings: Settings, azure: str) -> list[str]:
    """Start a LiveKit server. Gives the options that put the local Azure before it, as its SIP service."""
    _tell("starting a LiveKit server")
    server = stack.enter_context(
        livekit_server(
            webhooks=[f"{settings.connections.base_url}/api/v1/livekit/webhook"],
            api_key=settings.livekit.livekit_api_key,  # who wants to ask the server themselves names the pair
            api_secret=settings.livekit.livekit_api_secret.get_secret_value(),
        )
    )
    os.environ.update(server.environment())  # the key goes to both; the secret on no command line
    os.environ["LIVEKIT_URL"] = f"ws://{azure}"
    _tell(f"SIP, rooms and their API are all on {os.environ['LIVEKIT_URL']}; the LiveKit server itself: {server.url}")
    return ["--livekit", server.url, "--livekit-agent", settings.livekit.livekit_agent_name]


def _serve(settings: Settings, azure: str, local: LocalKey | None, before_leaving: Callable[[], None]) -> None:
    set_up_logs(settings.telemetry.log_level, settings.telemetry.log_format)
    server = settings.connections.base_url
    if settings.telemetry.show_calls == "auto" and sys.stdout.isatty():
        os.environ["SHOW_CALLS"] = "yes"  # for this process and for workers of its own
        settings = load_settings()

    def ready() -> None:
        code = local.new_code() if local else ""
        with whoever_listens():
            _console.print(
                f"[green]ringmaster is ready[/] on {server} (local Azure on {azure}); "
                f"place a call with: {call_command(server, azure)}",
                soft_wrap=True,
            )
            if code:
                _console.print(f"the console, in a browser, once: {server}/sign-in#{code}", soft_wrap=True)

    if settings.connections.workers > 1:
        supervise(settings, ready, on_stop=_stopping, before_leaving=before_leaving)
    else:
        from backend.boot.server import serve  # heavy, and not needed by a process that only watches over others

        serve(settings, ready, on_stop=_stopping, before_leaving=before_leaving)


def _tell(what: str) -> None:
    """Say what is being done; the first start takes a while."""
    with whoever_listens():
        _progress.print(what, style="dim", soft_wrap=True)


def _stopping() -> None:
    """Say that it ends; on a line of its own, and not behind the ^C that the terminal has printed."""
    if _progress.is_terminal:
        with whoever_listens():
            _progress.print()
    _tell("stopping")


def _settings_for(azure: str) -> Settings:
    """Settings of a server on the local Azure; a model that the operator has named keeps its place."""
    ai = load_settings().ai
    named = bool(ai.azure_openai_endpoint or ai.openai_base_url)
    for name, value in local_environment(azure).items():
        if not (named and name.startswith("AZURE_OPENAI_")):
            os.environ.setdefault(name, value)
    return load_settings()


def _webhook(settings: Settings) -> str:
    """Where incoming calls are reported to, with the secret if one is asked for."""
    key = settings.security.event_grid_key.get_secret_value()
    secret = f"?key={quote(key, safe='')}" if key else ""
    return f"{settings.connections.base_url}/api/v1/calls/answer{secret}"


def call_command(server: str, azure: str) -> str:
    """What to type to place a call; addresses are named when they are not what ``ringmaster call`` expects."""
    command = ".venv/bin/ringmaster call tests/personas/rear_end"
    if azure != f"127.0.0.1:{DEFAULT_PORT}":
        command += f" --emulator http://{azure}"
    if server != "http://127.0.0.1:8080":
        command += f" --server {server}"
    return command


def local_environment(azure: str) -> dict[str, str]:
    """Every variable that points a server at a local Azure on ``azure`` (host and port).

    Two are empty: what ``.env`` may say about the cloud must not take the place of the others.
    """
    return {
        "PUBLIC_BASE_URL": "",
        "ACS_CONNECTION_STRING": "",
        "ACS_ENDPOINT": f"http://{azure}",
        "ACS_ACCESS_KEY": b64encode(secrets.token_bytes(32)).decode(),
        "ACS_RESOURCE_ID": str(uuid4()),
        "ACS_JWKS_URL": f"http://{azure}/calling/keys",
        "ACS_SOURCE_NUMBER": "+18005550100",
        "AZURE_SPEECH_ENDPOINT": f"ws://{azure}",
        "AZURE_SPEECH_KEY": "local",
        "AZURE_OPENAI_ENDPOINT": f"http://{azure}",
        "AZURE_OPENAI_API_KEY": "local",
    }


@contextmanager
def _emulator(port: int, options: list[str]) -> Generator[None]:
    """The local Azure as a process of its own."""
    _require_free(port)
    command = [sys.executable, "-m", "backend", "emulator", "--port", str(port)]
    command += ["--access-key", os.environ["ACS_ACCESS_KEY"], "--resource-id", os.environ["ACS_RESOURCE_ID"]]
    with companion([*command, *options]) as process:
        _wait_until_up(process, f"http://127.0.0.1:{port}/emulator/health")
        yield


def _require_free(port: int) -> None:
    # Whoever has the port already may be a local Azure, too, and would be taken for ours.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigError(
                f"EMULATOR_PORT (--emulator-port): expected a free port, 127.0.0.1:{port} cannot be used "
                f"({error.strerror}); "
                "for other ports: PORT=8081 EMULATOR_PORT=8091 make run"
            ) from error


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + _UP_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ConfigError("the local Azure did not start; its message stands above")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  (loopback)
                return
        except OSError:
            time.sleep(0.05)
    raise ConfigError(f"the local Azure did not answer at {url} within {_UP_S:.0f} seconds")
