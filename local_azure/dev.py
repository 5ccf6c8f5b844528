"""The command ``ringmaster dev``."""

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.guard import guarded

if TYPE_CHECKING:
    from config import Settings

__all__ = ["dev"]


def dev(
    stt: Annotated[
        str,
        typer.Option(
            help="Recognizer of the local Azure: moonshine, sphinx, whisper or scripted. "
            "Default: moonshine where it is installed, else sphinx."
        ),
    ] = "",
    tts: Annotated[str, typer.Option(help="Voice of the local Azure: espeak or tone.")] = "espeak",
    latency: Annotated[str, typer.Option(help="Response times of the local Azure: none, typical or slow.")] = "typical",
    model_manner: Annotated[
        str, typer.Option(help="How capable the stand-in model is: usual, dumb or tidy.")
    ] = "usual",
    emulator_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port of the local Azure. Default: EMULATOR_PORT of the settings."),
    ] = None,
    livekit: Annotated[
        bool,
        typer.Option(
            "--livekit", help="Also start a LiveKit server, so that phones and browsers can come in through it."
        ),
    ] = False,
    sign_in: Annotated[
        bool, typer.Option("--sign-in", help="Also let people of the local Azure's directory sign in to the console.")
    ] = False,
) -> None:
    """Run the server with the local Azure, Redis and SQLite, ready for a call."""
    from local_azure.develop import develop  # heavy, and not needed to tell what can be chosen
    from local_azure.speech.ears import usual_ears

    def start(settings: "Settings") -> None:
        port = emulator_port or settings.connections.emulator_port
        develop(stt or usual_ears(), tts, latency, model_manner, port, livekit=livekit, sign_in=sign_in)

    guarded(start)
