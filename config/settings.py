"""All settings together, and the one place where a wrong value becomes a clear sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from backend.errors import ConfigError
from config.ai import AiSettings
from config.azure import AzureSettings
from config.concern import Concern
from config.connections import ConnectionSettings
from config.security import SecuritySettings
from config.telemetry import TelemetrySettings
from config.tools import tool_environment
from config.voice import VoiceSettings

__all__ = ["Settings", "load_settings"]

_C = TypeVar("_C", bound=Concern)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, by concern."""

    azure: AzureSettings
    ai: AiSettings
    voice: VoiceSettings
    connections: ConnectionSettings
    security: SecuritySettings
    telemetry: TelemetrySettings
    tools: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """What declared tools may refer to."""


def load_settings() -> Settings:
    """Read the environment and ``.env``.

    Raises:
        ConfigError: naming every variable that is wrong, what was expected and what came.
    """
    problems: list[str] = []

    def read(concern: Callable[[], _C]) -> _C | None:
        try:
            return concern()
        except ValidationError as error:
            problems.extend(_sentences(error))
            return None

    azure, ai, voice = read(AzureSettings), read(AiSettings), read(VoiceSettings)
    connections, security = read(ConnectionSettings), read(SecuritySettings)
    telemetry = read(TelemetrySettings)
    if not (azure and ai and voice and connections and security and telemetry):
        raise ConfigError("\n".join(problems))
    return Settings(azure, ai, voice, connections, security, telemetry, tool_environment())


def _sentences(error: ValidationError) -> list[str]:
    # Values are not repeated for secrets; the message of pydantic says what was expected.
    lines: list[str] = []
    for fault in error.errors(include_url=False):
        name = ".".join(str(part) for part in fault["loc"]).upper()
        came = f", got {fault['input']!r}" if "input" in fault and not _is_secret(name) else ""
        lines.append(f"{name}: {fault['msg'].removeprefix('Value error, ')}{came}")
    return lines


def _is_secret(name: str) -> bool:
    return any(word in name for word in ("KEY", "SECRET", "URL", "CONNECTION_STRING"))
