"""What is personal, and how it is kept."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr

from config.concern import Concern
from config.shapes import OnePath, shaped, written_path

__all__ = ["DataSettings"]

_ROOT = Path(__file__).resolve().parent.parent


class DataSettings(Concern):
    """Keys that personal data is sealed with, and what is kept of it."""

    data_key: SecretStr = SecretStr("")
    """Key that personal data is sealed with before it is stored: 32 random bytes in base64, as ``openssl rand -base64
    32`` gives them. Keep it elsewhere than the database and its backups: without it they cannot be read."""
    data_keys_before: SecretStr = SecretStr("")
    """Keys that were ``DATA_KEY`` before, separated by commas: what they sealed is read with them until ``ringmaster
    seal`` has sealed it anew. Recordings are never sealed anew: keep a key for as long as one of them is kept."""
    data_key_file: Annotated[Path, BeforeValidator(written_path)] = _ROOT / "var" / "data.key"
    """File with the key where ``DATA_KEY`` is empty. ``make run`` makes it; a file that is not there is no key."""
    allow_clear_data: bool = False
    """Serve beyond this machine without a key, with personal data stored as it is."""
    forget_claims: bool = False
    """Delete filed claims, too, when a caller is to be forgotten. Off: they stay, without the number they came from."""
    recordings_dir: OnePath = _ROOT / "var" / "recordings"
    """Folder for the recordings of calls on lines that record them, encrypted with ``DATA_KEY``."""
    recordings_container: Annotated[
        str, shaped(r"https?://[^\s?#@]+/[a-z0-9-]+", "https://ACCOUNT.blob.core.windows.net/CONTAINER")
    ] = ""
    """Container of Azure Blob Storage for them instead, as https://ACCOUNT.blob.core.windows.net/recordings; the
    server's identity needs the role Storage Blob Data Contributor there."""
    retention_sweep_seconds: int = Field(default=3600, ge=10, le=24 * 3600)
    """Pause between two looks for what is older than its line says it is kept."""
