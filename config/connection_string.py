"""Connection strings as the Azure portal shows them: ``name=value;name=value``."""

from pydantic import SecretStr

__all__ = ["parts_of"]


def parts_of(connection_string: SecretStr) -> dict[str, str]:
    """Its values by name, names in lower case; what is empty is left out."""
    pairs = (part.partition("=") for part in connection_string.get_secret_value().split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}
