"""Where the server listens, what it keeps, and how many calls it takes."""

import re
from pathlib import Path

from pydantic import Field, SecretStr, field_validator

from config.address import HttpAddress
from config.concern import Concern
from config.shapes import OnePath, PathOrNone, PathText, listed, named_host

__all__ = ["ConnectionSettings"]

_ROOT = Path(__file__).resolve().parent.parent


_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class ConnectionSettings(Concern):
    """Addresses, stores and capacity."""

    host: str = Field(default="127.0.0.1", min_length=1)
    """Address to listen on."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port to listen on."""
    emulator_port: int = Field(default=8090, ge=1, le=65535)
    """Port of the local Azure that ``ringmaster dev`` starts."""
    workers: int = Field(default=1, ge=1, le=64)
    """Server processes on this machine; more than one need ``REDIS_URL``."""
    public_base_url: HttpAddress = ""
    """How Azure reaches this server, e.g. ``https://voice.example.com``. Empty: http://HOST:PORT."""
    redis_url: SecretStr = SecretStr("")
    """``redis://`` or ``rediss://``. Empty: sessions live in this process only, and health says so. Whether it is a
    cluster is found out, or said with ``?cluster=true``."""
    redis_by_entra: bool = False
    """Sign in to Redis with a token of the managed identity. ``REDIS_URL`` then names its object id and no password:
    ``rediss://OBJECT_ID@HOST:10000/0``."""
    redis_timeout_ms: int = Field(default=500, ge=10, le=10_000)
    """Limit on one Redis command, with all that it takes to connect and to try again."""
    session_ttl_seconds: int = Field(default=4 * 3600, ge=60, le=7 * 24 * 3600)
    """Life of a stored session after its last save."""
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///var/ringmaster.db")
    """SQLAlchemy URL: SQLite file by default; ``postgresql+psycopg://`` in production."""
    database_by_entra: bool = False
    """Sign in to PostgreSQL with a token of the managed identity. ``DATABASE_URL`` then names its role and no password:
    ``postgresql+psycopg://ROLE@HOST/NAME?sslmode=verify-full``."""
    spool_dir: OnePath = _ROOT / "var" / "spool"
    """Folder for what cannot be written while the database, and Redis, are away; it is written at the next start at the
    latest. Keep it on a disk that outlives the process."""
    spool_megabytes: int = Field(default=64, ge=0, le=10_000)
    """Size of it at most for each worker; 0: nothing is kept on the disk."""
    agent_store: OnePath = _ROOT / "agent_store"
    """Folder with ``agents/`` and ``lines/``."""
    prompt_store: OnePath = _ROOT / "prompt_store"
    """Folder with the Jinja prompts."""
    store_seed: PathOrNone = None
    """Folder with ``agent_store`` and ``prompt_store`` that the first start copies to the places above. In the image it
    is the image's own copy, which nobody can edit. Unset: the store must be there already."""
    rehearsals: OnePath = _ROOT / "tests" / "rehearsals"
    """Folder with rehearsals of this server, besides those that are in the store itself (``rehearsals/SUITE``). It may
    be missing."""
    phrases_dir: PathText = ""
    """Folder that keeps the sound of fixed phrases, for when the speech service is away. Empty: ``kept_phrases`` beside
    the agent store, and none with a speech service on this machine."""
    policy_book: OnePath = _ROOT / "agent_store" / "policyholders.yaml"
    """The book of business that callers are verified against."""
    max_calls: int = Field(default=100, ge=1, le=2000)
    """Calls at once for each worker, counted over all of them; more overflow as the line says."""
    max_chats: int = Field(default=500, ge=0, le=100_000)
    """Chats at once in one worker."""
    chat_idle_seconds: int = Field(default=900, ge=10, le=24 * 3600)
    """After so long without a word a chat is over."""
    test_callers: str = ""
    """Numbers of your own phones, separated by commas, such as +18005550123: their calls are marked as tests and left
    out of totals. Calls of the local Azure always are."""
    drain_seconds: int = Field(default=600, ge=0, le=24 * 3600)
    """After SIGTERM, wait so long for live calls before they are ended."""

    @field_validator("host")
    @classmethod
    def _is_a_host(cls, value: str) -> str:
        if value and not named_host(value):
            raise ValueError("expected an address of this machine such as 127.0.0.1 or 0.0.0.0, without a port")
        return value

    @field_validator("test_callers")
    @classmethod
    def _are_numbers(cls, value: str) -> str:
        for number in listed(value):
            if not _NUMBER.fullmatch(number) and not number.startswith("8:"):
                raise ValueError("expected numbers such as +18005550123, separated by commas")
        return value

    @property
    def test_numbers(self) -> frozenset[str]:
        """``test_callers`` one by one."""
        return frozenset(listed(self.test_callers))

    @property
    def base_url(self) -> str:
        """The public address, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_base_url or f"http://{host}:{self.port}"
