"""The process in which Moonshine listens. The functions work on the one model of their process."""

import ctypes
import signal

from local_azure.speech.moonshine_model import MoonshineModel, Understood

__all__ = ["load", "ready", "understand"]

_process: list[MoonshineModel] = []


def load() -> None:
    """Load the model of this process, unless it was forked with it. Called before anything else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; our owner ends us
    if not _process:
        _process.append(MoonshineModel())
        ctypes.CDLL(None).malloc_trim(0)  # what loading took besides, 300 MB, goes back to the system


def ready() -> bool:
    """Whether this process has its model."""
    return bool(_process)


def understand(pcm: bytes, phrases: tuple[str, ...]) -> Understood:
    """What 16-bit mono PCM of 16 kHz says, where words of ``phrases`` are expected."""
    return _process[0].understand(pcm, phrases)
