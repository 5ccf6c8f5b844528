"""Where things are, read alone: for commands that need nothing else and are to be quick."""

from backend.errors import ConfigError
from config.concern import field_names
from config.connections import ConnectionSettings
from config.env_file import read_env_file
from config.reading import read_concern

__all__ = ["load_places"]


def load_places() -> ConnectionSettings:
    """Read only where things are.

    Raises:
        ConfigError: one of these settings is wrong, or a name in ``.env``.
    """
    named = read_env_file()
    if not {name.upper() for _, name in named} <= set(field_names(ConnectionSettings)):
        from config.settings import look_at_file  # another concern's, or nobody's

        look_at_file(named)
    problems: list[str] = []
    places = read_concern(ConnectionSettings, problems)
    if places is None:
        raise ConfigError("\n".join(problems))
    return places
