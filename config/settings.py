"""All settings together, and the one place where a wrong value becomes a clear sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import SecretStr, ValidationError

from backend.errors import ConfigError
from config.ai import AiSettings
from config.azure import AzureSettings
from config.concern import Concern
from config.connections import ConnectionSettings
from config.env_file import require_env_file
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
    require_env_file()
    problems: list[str] = []

    def read(concern: type[_C]) -> _C | None:
        try:
            return concern()
        except ValidationError as error:
            problems.extend(_sentences(concern, error))
            return None

    azure, ai, voice = read(AzureSettings), read(AiSettings), read(VoiceSettings)
    connections, security = read(ConnectionSettings), read(SecuritySettings)
    telemetry = read(TelemetrySettings)
    if not (azure and ai and voice and connections and security and telemetry):
        raise ConfigError("\n".join(problems))
    return Settings(azure, ai, voice, connections, security, telemetry, tool_environment())


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
