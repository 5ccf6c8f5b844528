"""The ``.env`` file, looked at before it is used: a line that says nothing must not be passed over in silence."""

from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from backend.errors import ConfigError

__all__ = ["read_env_file"]

_FILE = Path(".env")


def read_env_file() -> list[tuple[int, str]]:
    """The names that ``.env`` sets, each with its line; none when there is no such file.

    Raises:
        ConfigError: it cannot be read, or a line sets nothing; naming the file and the lines.
    """
    if not _FILE.is_file():
        _refuse_empty_folder()
        return []
    try:
        text = _FILE.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f".env: expected a file that can be read, got {error.strerror}") from error
    except UnicodeError as error:
        raise ConfigError(".env: expected a text file in UTF-8, got other bytes") from error
    found: list[tuple[int, str]] = []
    broken: list[int] = []
    for binding in parse_stream(StringIO(text)):
        line = binding.original.line + _blank_before(binding.original.string)
        if binding.error or (binding.key is not None and binding.value is None):  # a name alone sets nothing
            broken.append(line)
        elif binding.key is not None:
            found.append((line, binding.key))
    if broken:
        raise ConfigError("\n".join(f".env, line {line}: expected NAME=value, got something else" for line in broken))
    return found


def _refuse_empty_folder() -> None:
    """Docker makes a folder of a file that it is to mount and does not find. An environment of Python may have this
    name, too; that is none of ours."""
    if _FILE.is_dir() and not any(_FILE.iterdir()):
        raise ConfigError(".env: expected a file, got an empty folder, as Docker makes where it finds no such file")


def _blank_before(text: str) -> int:
    """Blank lines before a binding belong to it."""
    return text[: len(text) - len(text.lstrip())].count("\n")
