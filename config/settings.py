"""All settings together."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backend.errors import ConfigError
from config.ai import AiSettings
from config.azure import AzureSettings
from config.caps import CapSettings
from config.concern import Concern, field_names
from config.connections import ConnectionSettings
from config.data import DataSettings
from config.env_file import read_env_file
from config.livekit import LiveKitSettings
from config.names import in_environment, in_file, set_twice, wrapped
from config.people import PeopleSettings
from config.prices import PriceSettings
from config.reading import read_concern
from config.security import SecuritySettings
from config.telemetry import TelemetrySettings
from config.tools import book_environment, tool_environment
from config.voice import VoiceSettings

__all__ = ["CONCERNS", "Settings", "load_settings", "look_at_file"]

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
    known = _known()
    remarks = [*look_at_file(read_env_file()), *in_environment(os.environ, known), *wrapped(os.environ, known)]
    problems: list[str] = []
    azure, ai = read_concern(AzureSettings, problems), read_concern(AiSettings, problems)
    voice = read_concern(VoiceSettings, problems)
    connections, security = read_concern(ConnectionSettings, problems), read_concern(SecuritySettings, problems)
    data, telemetry = read_concern(DataSettings, problems), read_concern(TelemetrySettings, problems)
    people, caps = read_concern(PeopleSettings, problems), read_concern(CapSettings, problems)
    livekit, prices = read_concern(LiveKitSettings, problems), read_concern(PriceSettings, problems)
    if not (azure and ai and voice and connections and security and data and telemetry and people and caps):
        raise ConfigError("\n".join(problems))
    if not (livekit and prices):
        raise ConfigError("\n".join(problems))
    return Settings(
        azure, ai, voice, connections, security, data, telemetry, people, caps, livekit, prices,
        tools=tool_environment(), declared_books=book_environment(), remarks=tuple(remarks),
    )  # fmt: skip


def look_at_file(names: Iterable[tuple[int, str]]) -> list[str]:
    """Remarks on names in ``.env`` that are no settings.

    Raises:
        ConfigError: one is a setting's, misspelt.
    """
    known = list(names)
    wrong, remarks = in_file(known, _known())
    if wrong:
        raise ConfigError("\n".join(wrong))
    return [*remarks, *set_twice(known)]


def _known() -> set[str]:
    return {name for concern in CONCERNS for name in field_names(concern)}
