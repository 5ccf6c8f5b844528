"""Joins the keys that personal data is sealed with."""

import os
from pathlib import Path

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.domain.unsealed import Unsealed
from backend.errors import ConfigError
from backend.ports import Cipher
from config import Settings
from config.address import LOOPBACK

__all__ = ["make_key_file", "open_cipher", "require_key"]


def open_cipher(settings: Settings) -> Cipher:
    """What this server seals with; nothing is sealed where no key is set.

    Raises:
        ConfigError: a key is none, or keys from before are set without one for now.
    """
    data = settings.data
    written, setting = data.data_key.get_secret_value(), "DATA_KEY"
    if not written:
        written, setting = _kept(data.data_key_file), f"DATA_KEY_FILE ({data.data_key_file.name})"
    before = [one.strip() for one in data.data_keys_before.get_secret_value().split(",") if one.strip()]
    if not written:
        if before:
            raise ConfigError("DATA_KEY: expected with DATA_KEYS_BEFORE, it is not set")
        return Unsealed()
    return KeyRing([DataKey.read(written, setting), *(DataKey.read(one, "DATA_KEYS_BEFORE") for one in before)])


def require_key(settings: Settings, cipher: Cipher) -> None:
    """Beyond this machine nobody serves without a key unless they say so.

    Raises:
        ConfigError: there is none.
    """
    if cipher.key_id or settings.connections.host in LOOPBACK or settings.data.allow_clear_data:
        return
    raise ConfigError(
        "DATA_KEY: expected a key for encrypting personal data (make one: openssl rand -base64 32); it is not set. "
        "ALLOW_CLEAR_DATA=true runs without one: what callers say is then stored unencrypted"
    )


def make_key_file(settings: Settings) -> bool:
    """Make the key file of this machine where no key is set and there is no such file; was it made?

    Raises:
        OSError: it cannot be written.
    """
    data = settings.data
    if data.data_key.get_secret_value() or data.data_key_file.exists():
        return False
    data.data_key_file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(data.data_key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False  # another one was quicker
    with os.fdopen(handle, "w") as file:
        file.write(new_key() + "\n")
    return True


def _kept(path: Path) -> str:
    try:
        return path.read_text("ascii").strip() if path.is_file() else ""
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"DATA_KEY_FILE: expected a file with a key, {path.name} cannot be read") from error
