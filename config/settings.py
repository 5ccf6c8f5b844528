"""All settings together, and the one place where a wrong value becomes a clear sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import SecretStr, ValidationError

from backend.errors import ConfigError
from config.ai import AiSettings
from config.azure import AzureSettings
from config.caps import CapSettings
from config.concern import Concern, field_names
from config.connections import ConnectionSettings
from config.data import DataSettings
from config.env_file import read_env_file
from config.livekit import LiveKitSettings
from config.names import in_environment, in_file
from config.people import PeopleSettings
from config.prices import PriceSettings
from config.security import SecuritySettings
from config.telemetry import TelemetrySettings
from config.tools import book_environment, tool_environment
from config.voice import VoiceSettings

__all__ = ["CONCERNS", "Settings", "load_places", "load_settings"]

CONCERNS: tuple[type[Concern], ...] = (
    ConnectionSettings,
    AzureSettings,
    LiveKitSettings,
    AiSettings,
    VoiceSettings,
    SecuritySettings,
    PeopleSettings,
    CapSettings,
    PriceSettings,
    DataSettings,
    TelemetrySettings,
)
"""Every settings class, in the order in which an operator meets them."""

_C = TypeVar("_C", bound=Concern)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, by concern."""

    azure: AzureSettings
    ai: AiSettings
    voice: VoiceSettings
    connections: ConnectionSettings
    security: SecuritySettings
    data: DataSettings
    telemetry: TelemetrySettings
    people: PeopleSettings
    caps: CapSettings
    livekit: LiveKitSettings = field(default_factory=LiveKitSettings)
    prices: PriceSettings = field(default_factory=PriceSettings)
    tools: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """What declared tools may refer to."""
    declared_books: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """The ``BOOK_`` variables."""
    remarks: tuple[str, ...] = ()
    """What an operator should be told of names that are no settings."""

    @property
    def ways(self) -> tuple[str, ...]:
        """By which ways calls come and go, as they are named in requests: ``acs``, ``livekit``, both or none."""
        set_up = {"acs": self.azure.acs_address, "livekit": self.livekit.livekit_url}
        return tuple(way for way, address in set_up.items() if address)

    @property
    def books(self) -> Mapping[str, str]:
        """What declared books may refer to."""
        return {"POLICY_BOOK": str(self.connections.policy_book), **self.declared_books}


def load_settings() -> Settings:
    """Read the environment and ``.env``.

    Raises:
        ConfigError: naming every variable that is wrong, what was expected and what came.
    """
    remarks = _look_at_names()
    problems: list[str] = []
    azure, ai, voice = _read(AzureSettings, problems), _read(AiSettings, problems), _read(VoiceSettings, problems)
    connections, security = _read(ConnectionSettings, problems), _read(SecuritySettings, problems)
    data, telemetry = _read(DataSettings, problems), _read(TelemetrySettings, problems)
    people, caps = _read(PeopleSettings, problems), _read(CapSettings, problems)
    livekit, prices = _read(LiveKitSettings, problems), _read(PriceSettings, problems)
    if not (azure and ai and voice and connections and security and data and telemetry and people and caps):
        raise ConfigError("\n".join(problems))
    if not (livekit and prices):
        raise ConfigError("\n".join(problems))
    return Settings(
        azure, ai, voice, connections, security, data, telemetry, people, caps, livekit, prices,
        tools=tool_environment(), declared_books=book_environment(), remarks=tuple(remarks),
    )  # fmt: skip


def load_places() -> ConnectionSettings:
    """Read only where things are, for commands that need nothing else and are to be quick.

    Raises:
        ConfigError: one of these settings is wrong, or a name in ``.env``.
    """
    _look_at_names()
    problems: list[str] = []
    connections = _read(ConnectionSettings, problems)
    if connections is None:
        raise ConfigError("\n".join(problems))
    return connections


def _look_at_names() -> list[str]:
    known = {name for concern in CONCERNS for name in field_names(concern)}
    wrong, remarks = in_file(read_env_file(), known)
    if wrong:
        raise ConfigError("\n".join(wrong))
    return [*remarks, *in_environment(os.environ, known)]


def _read(concern: type[_C], problems: list[str]) -> _C | None:
    """One concern's settings; what is wrong with them goes to ``problems``."""
    try:
        return concern()
    except ValidationError as error:
        problems.extend(_sentences(concern, error))
        return None


def _sentences(concern: type[Concern], error: ValidationError) -> list[str]:
    # Secrets are not repeated; the message of pydantic says what was expected.
    lines: list[str] = []
    for fault in error.errors(include_url=False):
        name = ".".join(str(part) for part in fault["loc"])
        came = "" if _is_secret(concern, name) else f", got {fault['input']!r}"
        lines.append(f"{name.upper()}: {fault['msg'].removeprefix('Value error, ')}{came}")
    return lines


def _is_secret(concern: type[Concern], name: str) -> bool:
    known = concern.model_fields.get(name)
    return known is None or known.annotation is SecretStr
