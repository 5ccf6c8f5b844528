"""The ``.env`` file, looked at before it is used: a line that says nothing must not be passed over in silence."""

from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from backend.errors import ConfigError

__all__ = ["require_env_file"]

_FILE = Path(".env")


def require_env_file() -> None:
    """Can ``.env`` be read, if there is one, and is every line in it a setting?

    Raises:
        ConfigError: naming the file, and the lines that are none.
    """
    if not _FILE.is_file():
        return
    try:
        text = _FILE.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f".env: expected a file that can be read, got {error.strerror}") from error
    except UnicodeError as error:
        raise ConfigError(".env: expected a text file in UTF-8, got other bytes") from error
    broken = [line.original.line for line in parse_stream(StringIO(text)) if line.error]
    if broken:
        raise ConfigError("\n".join(f".env, line {line}: expected NAME=value, got something else" for line in broken))
