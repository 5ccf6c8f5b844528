"""The book of business from a YAML file, read once at start."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.domain.records import Policyholder, Vehicle
from backend.errors import ConfigError

__all__ = ["FilePolicyBook"]


class _Vehicle(BaseModel):
    model_config = ConfigDict(extra="forbid")

    make: str
    model: str
    year: int = Field(ge=1900, le=2100)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    policy_id: str
    full_name: str
    zip_code: str = Field(pattern=r"^\d{5}$")
    last4: str = Field(pattern=r"^\d{4}$")
    vehicles: list[_Vehicle]
    deductible: int = 0
    coverage: str = ""


class _Book(BaseModel):
    policyholders: list[_Row]


class FilePolicyBook:
    """``PolicyBook`` on a file.

    Raises:
        ConfigError: the file is missing or holds something else; the message says what and where.
    """

    def __init__(self, path: Path) -> None:
        self._policies = {policy.policy_id: policy for policy in _read(path)}

    async def get(self, policy_id: str) -> Policyholder | None:
        """One policy."""
        return self._policies.get(policy_id)

    async def all(self) -> Sequence[Policyholder]:
        """Every policy."""
        return list(self._policies.values())


def _read(path: Path) -> list[Policyholder]:
    try:
        book = _Book.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise ConfigError(f"POLICY_BOOK: expected a YAML file, {path} cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigError(f"POLICY_BOOK: {path}:{mark.line + 1 if mark else 1} is not YAML") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"POLICY_BOOK: {path}, {place}: {first['msg'].lower()}") from error
    return [
        Policyholder(
            row.policy_id, row.full_name, row.zip_code, row.last4,
            tuple(Vehicle(v.make, v.model, v.year) for v in row.vehicles), row.deductible, row.coverage,
        )
        for row in book.policyholders
    ]  # fmt: skip
