"""Commands of the local Azure: ``ringmaster call`` and ``ringmaster emulator``."""

import asyncio
import base64
import binascii
import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn, cast, get_args

import typer
import uvloop
from rich.console import Console

from backend.api.door.local_key import key_for
from backend.boot.collector import spare_the_collector
from backend.errors import ConfigError
from config import load_places
from config.security import SecuritySettings
from local_azure.address import DEFAULT_PORT
from local_azure.call_client import CallClient, CallOrder
from local_azure.call_report import CallSummary, summarize
from local_azure.dialogue_view import DialogueView
from local_azure.follower import Follower
from local_azure.latency import PROFILES, LatencyProfile, latency
from local_azure.livekit.access import LiveKitAccess
from local_azure.phone.persona import PersonaError, load_persona
from local_azure.server import EmulatorServer
from local_azure.speech.ears import require_ears, usual_ears
from local_azure.state import EmulatorState, SttEngine, TtsEngine
from stand_in.manner import MANNERS, Manner

__all__ = ["call", "emulator"]

_errors = Console(stderr=True, highlight=False, emoji=False)


def call(
    persona_dir: Annotated[Path, typer.Argument(help="Folder with persona.yaml and its recordings.")],
    to: Annotated[str, typer.Option(help="Number to dial.")] = "+18005550100",
    from_: Annotated[str, typer.Option("--from", help="Number of the caller.")] = "+12065550123",
    record: Annotated[
        Path | None, typer.Option(help="Record the call to this file: stereo WAV, caller on the left.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    emulator: Annotated[
        str, typer.Option(help="Address of the local Azure. Default: EMULATOR_PORT on this machine.")
    ] = "",
    server: Annotated[str, typer.Option(help="Address of the server. Default: HOST and PORT of the settings.")] = "",
    limit: Annotated[float, typer.Option(min=1, max=3600, help="Seconds after which the caller hangs up.")] = 300,
    ear: Annotated[
        str,
        typer.Option(
            help="How the caller understands: book (reads what the voice was given) or sphinx (speech recognition)."
        ),
    ] = "book",
    via: Annotated[
        str, typer.Option(help="How the call comes in: acs, or livekit (a SIP participant in a room).")
    ] = "acs",
    api_key: Annotated[str, typer.Option(envvar="API_KEY", help="API key of the server.")] = "",
) -> None:
    """Make a test call with a recorded caller. Exit status 0 only when the call ended as it should."""
    try:
        _check_target(record)
        by = _one_of("--via", via, ("acs", "livekit"))
        order = CallOrder(load_persona(persona_dir), to, from_, limit, _one_of("--ear", ear, ("book", "sphinx")), by)
        places = load_places()
        address = server or f"http://{places.host}:{places.port}"
        given = api_key or SecuritySettings().api_key.get_secret_value()
        client = CallClient(emulator or f"http://127.0.0.1:{places.emulator_port}", address, key_for(address, given))
        view = None if as_json else DialogueView(Console(highlight=False, emoji=False))
        summary, wav = uvloop.run(_call(client, order, view, record is not None))
    except (PersonaError, ConfigError) as error:
        _refuse(str(error))
    if record is not None and wav is not None:
        record.write_bytes(wav)
    if view is None:
        typer.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    else:
        view.finish(summary)
    raise typer.Exit(1 if summary.problems else 0)


def emulator(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any free port.")
    ] = DEFAULT_PORT,
    stt: Annotated[
        str,
        typer.Option(
            help="Recognizer: moonshine, sphinx, whisper or scripted. "
            "Default: moonshine where it is installed, else sphinx."
        ),
    ] = "",
    tts: Annotated[str, typer.Option(help="Voice: espeak or tone.")] = "espeak",
    pace: Annotated[str, typer.Option("--latency", help="How long services take: none, typical or slow.")] = "typical",
    model_manner: Annotated[
        str, typer.Option(help="How capable the stand-in model is: usual, dumb or tidy.")
    ] = "usual",
    subscribe: Annotated[
        list[str] | None,
        typer.Option(help="Address of a webhook that receives incoming calls; repeatable."),
    ] = None,
    access_key: Annotated[
        str, typer.Option(envvar="ACS_ACCESS_KEY", help="ACS access key (base64). Default: a new one.")
    ] = "",
    resource_id: Annotated[
        str, typer.Option(envvar="ACS_RESOURCE_ID", help="ACS resource id. Default: a new one.")
    ] = "",
    server: Annotated[
        str, typer.Option(help="Address of the server for which settings are printed.")
    ] = "http://127.0.0.1:8080",
    livekit: Annotated[
        str, typer.Option(help="Address (ws://) of a LiveKit server through which phones can call as well.")
    ] = "",
    livekit_key: Annotated[str, typer.Option(envvar="LIVEKIT_API_KEY", help="API key of the LiveKit server.")] = "",
    livekit_secret: Annotated[
        str, typer.Option(envvar="LIVEKIT_API_SECRET", help="Secret of the LiveKit API key.")
    ] = "",
    livekit_agent: Annotated[
        str, typer.Option(help="Agent that takes calls of numbers without a trunk. Default: none.")
    ] = "",
) -> None:
    """Run the local Azure: stand-ins for its services, on this machine.

    Prints the settings that a server needs, unless the key was given.
    """
    try:
        ears = cast("SttEngine", _one_of("--stt", stt or usual_ears(), get_args(SttEngine)))
        require_ears(ears)
        state = EmulatorState(
            engine_stt=ears,
            engine_tts=cast("TtsEngine", _one_of("--tts", tts, get_args(TtsEngine))),
            model_manner=cast("Manner", _one_of("--model-manner", model_manner, MANNERS)),
            latency=latency(cast("LatencyProfile", _one_of("--latency", pace, PROFILES))),
        )
        if access_key:
            state.access_key = _base64(access_key)
        if resource_id:
            state.acs_resource_id = resource_id
        if livekit:
            state.livekit = LiveKitAccess(livekit, livekit_key, livekit_secret)
        running = EmulatorServer(state, host=host, port=port)
        uvloop.run(_emulate(running, subscribe or [], server if not access_key else "", livekit_agent))
    except ConfigError as error:
        _refuse(str(error))


async def _call(
    client: CallClient, order: CallOrder, view: DialogueView | None, record: bool
) -> tuple[CallSummary, bytes | None]:
    if view is None:
        report = await client.place(order, lambda _: None)
        outcome = await client.outcome(str(report.get("connection_id") or ""))
    else:
        report, outcome = await _watched(client, order, view)
    wav = await client.recording(report) if record else None
    return summarize(report, outcome), wav


async def _watched(
    client: CallClient, order: CallOrder, view: DialogueView
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Place the call, and show what both ends know of it while it goes."""
    follower = Follower(client.so_far, view.understood)

    def show(event: Mapping[str, Any]) -> None:
        view.show(event)
        follower.follow(str(event.get("connection_id") or ""))

    try:
        report = await client.place(order, show)
    finally:
        await follower.close()
    outcome = await client.outcome(str(report.get("connection_id") or ""))
    follower.note(outcome)
    return report, outcome


async def _emulate(running: EmulatorServer, webhooks: list[str], server: str, livekit_agent: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running.state.loading = True
    await running.start()
    try:
        await running.azure.engines.warm()
        if livekit_agent and running.state.livekit:
            running.livekit_sip.take_every_number(livekit_agent)
        for url in webhooks:
            running.azure.subscribe(url)
        running.state.loading = False
        if server:
            console = Console(highlight=False, emoji=False)
            console.print(f"the local Azure listens on {running.url}; a server needs:")
            for name, value in running.environment(server).items():
                console.print(f"export {name}={value}", soft_wrap=True)
        spare_the_collector()  # a full collection here would be a gap at every phone
        await stop.wait()
    finally:
        await running.stop()


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ConfigError(f"{option}: expected {' or '.join(allowed)}, got {value!r}")
    return value


def _base64(key: str) -> str:
    try:
        base64.b64decode(key, validate=True)
    except binascii.Error as error:
        raise ConfigError("--access-key: expected base64") from error
    return key


def _check_target(record: Path | None) -> None:
    if record is None:
        return
    if not record.parent.is_dir():
        raise ConfigError(f"--record: the folder {record.parent} does not exist")
    if record.is_dir() or not os.access(record if record.exists() else record.parent, os.W_OK):
        raise ConfigError(f"--record: expected a file that can be written, got {record}")


def _refuse(message: str) -> NoReturn:
    for line in message.splitlines():
        _errors.print(f"ringmaster: {line}", markup=False, soft_wrap=True)
    raise typer.Exit(2)
