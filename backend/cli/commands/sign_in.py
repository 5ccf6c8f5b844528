"""``ringmaster sign-in``: a browser, signed in."""

from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.commands.guarded import guarded

if TYPE_CHECKING:
    from config import Settings

__all__ = ["sign_in"]


def sign_in() -> None:
    """Print an address that signs a browser in to the server of `ringmaster dev`. It works once."""
    from backend.api.door.local_key import LOCAL_KEY, LocalKey
    from backend.errors import ConfigError

    def run(settings: "Settings") -> None:
        key = LocalKey(Path(settings.security.local_key_file or LOCAL_KEY))
        if not key.read():
            raise ConfigError("no local key is here; `ringmaster dev`, run in this folder, makes one")
        print(f"{settings.connections.base_url}/sign-in#{key.new_code()}")

    guarded(run)
