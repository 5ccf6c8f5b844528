"""A browser whose microphone is its own fake device, which plays a file."""

from collections.abc import Sequence
from pathlib import Path

from house import persona

from local_azure.wav_file import mono_wav

__all__ = ["BEHIND_S", "RATE", "device", "recording"]

RATE = 16_000
BEHIND_S = 14


def recording(folder: Path, before_s: float) -> Path:
    """What the device plays: nothing, how a recorded caller begins, nothing. It begins when a page asks for the
    microphone, and plays it over and over, so who is not understood, or not waited for, says it once more."""
    (greeting, *_) = persona("rear_end").utterances
    file = folder / "microphone.wav"
    file.write_bytes(mono_wav(_silence(before_s) + greeting.pcm + _silence(BEHIND_S), RATE))
    return file


def device(file: Path) -> Sequence[str]:
    """The browser's options."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
        "--autoplay-policy=no-user-gesture-required",
    ]


def _silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))
