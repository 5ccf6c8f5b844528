"""The microphone and the loudspeaker of this machine, by PortAudio. What is missing is said in a sentence."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from backend.cli.echo_canceller import EchoCanceller
from backend.cli.loudspeaker import Loudspeaker
from backend.errors import ConfigError

__all__ = ["SoundCard", "sound_card"]

_FRAME_S = 0.02
_INSTEAD = "`ringmaster chat` types instead, `ringmaster call` lets a recorded caller speak"

SoundCard = Callable[[int, Callable[[bytes], None], Loudspeaker], Any]
"""Opens microphone and loudspeaker while a ``with`` block runs, like ``sound_card``."""


@contextmanager
def sound_card(rate: int, heard: Callable[[bytes], None], loudspeaker: Loudspeaker) -> Generator[None]:
    """Listen and play while the block runs.

    Args:
        rate: samples a second, both ways; 16-bit mono.
        heard: called with 20 ms of the microphone, without echo, by a thread of the sound library.
        loudspeaker: where what is played comes from.

    Raises:
        ConfigError: there is no sound library, no microphone or no loudspeaker.
    """
    devices = _library()
    echo = EchoCanceller(rate)
    block = int(rate * _FRAME_S)

    def listen(data: Any, _frames: int, _time: Any, _status: Any) -> None:
        heard(echo.clean(bytes(data)))

    def play(data: Any, frames: int, _time: Any, _status: Any) -> None:
        pcm = loudspeaker.take(frames * 2)
        echo.played(pcm)
        data[:] = pcm

    shape = {"samplerate": rate, "blocksize": block, "channels": 1, "dtype": "int16"}
    with ExitStack() as stack:
        try:
            stack.enter_context(devices.RawOutputStream(callback=play, **shape))
            stack.enter_context(devices.RawInputStream(callback=listen, **shape))
        except (devices.PortAudioError, ValueError) as error:
            raise ConfigError(f"microphone or loudspeaker cannot be used: {error}; {_INSTEAD}") from error
        yield


def _library() -> Any:
    try:
        devices: Any = import_module("sounddevice")
    except ImportError as error:
        raise ConfigError(
            "to speak here the package sounddevice is needed, which `make run` installs (ringmaster[talk]); " + _INSTEAD
        ) from error
    except OSError as error:
        raise ConfigError(
            "the sound library PortAudio is not installed on this machine (Debian, Ubuntu: apt-get install "
            f"libportaudio2; Fedora: dnf install portaudio); {_INSTEAD}"
        ) from error
    for kind, name in (("input", "microphone"), ("output", "loudspeaker")):
        try:
            devices.query_devices(kind=kind)
        except (devices.PortAudioError, ValueError) as error:
            raise ConfigError(f"this machine has no {name}; {_INSTEAD}") from error
    return devices
