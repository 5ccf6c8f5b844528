"""What every settings class shares: where values come from and how they are shown."""

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Concern"]


class Concern(BaseSettings):
    """One concern's settings, read from the environment, then from ``.env``.

    Field names are the environment's names in lower case. Secrets are ``SecretStr``, so
    that neither ``repr`` nor a log shows them.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # an editor may begin the file with a mark that belongs to no name
        extra="ignore",
        frozen=True,
        case_sensitive=False,
        hide_input_in_errors=True,
        defer_build=True,  # a command that needs one concern does not wait for the others
    )


def field_names(model: type[BaseModel]) -> list[str]:
    """The environment variables that a settings class reads."""
    return [name.upper() for name in model.model_fields]
