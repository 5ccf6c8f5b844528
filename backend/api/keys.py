"""Administrators: keys of the API."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.key_desk import KeyDesk, rights_of
from backend.api.parameters import known_parameters
from backend.api.services import ApiServices
from backend.domain.api_key import ApiKey, NewKey
from backend.domain.principal import Role
from backend.errors import CallRefused

__all__ = ["router"]

router = APIRouter(
    prefix="/api/v1/keys",
    tags=["people"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={
        401: fault_of("no key, or the wrong one"),
        403: fault_of("not with these roles"),
        409: fault_of("it cannot be made or ended so"),
        503: fault_of("the database did not answer"),
    },
)

Days = Annotated[int | None, Field(ge=1, le=3650, description="Days until it expires. Default: it does not expire.")]


class KeyView(BaseModel):
    """A key, without its secret."""

    id: str
    name: str
    roles: list[str]
    lines: list[str] | None = Field(description="Lines that it is limited to; null for all.")
    destinations: list[str] = Field(
        description="Beginnings of numbers that calls may be placed to; empty: as the line."
    )
    created_at: datetime
    created_by: str
    ends_at: datetime | None
    live: bool

    @classmethod
    def of(cls, key: ApiKey) -> "KeyView":
        """As it is kept."""
        return cls(**_shown(key))


class NewKeyView(KeyView):
    """A key that was just made."""

    key: str = Field(repr=False, description="The key itself. It is shown only once and not stored.")

    @classmethod
    def made(cls, new: NewKey) -> "NewKeyView":
        """With its secret."""
        return cls(**_shown(new.key), key=new.token)


def _shown(key: ApiKey) -> dict[str, Any]:
    lines = key.rights.lines
    return {
        "id": key.id,
        "name": key.name,
        "roles": sorted(key.rights.roles),
        "lines": None if lines is None else sorted(lines),
        "destinations": list(key.rights.destinations),
        "created_at": key.created_at,
        "created_by": key.created_by,
        "ends_at": key.ends_at,
        "live": key.lives(datetime.now(UTC)),
    }


class WantedKey(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=64, description="Name of its holder, as the audit log shows it.")
    role: Role = Field(description="Each role includes those before it: viewer, operator, editor, admin.")
    lines: list[Annotated[str, Field(min_length=1, max_length=64)]] | None = Field(
        default=None, min_length=1, max_length=100, description="Lines it may be used for. Default: all."
    )
    destinations: list[Annotated[str, Field(max_length=16)]] = Field(default=[], max_length=100)
    days: Days = None


class WantedRotation(BaseModel):
    """A key to be exchanged."""

    model_config = ConfigDict(extra="forbid")

    overlap_hours: int = Field(default=168, ge=0, le=24 * 90, description="Hours for which the old key stays valid.")
    days: Days = None


def _desk(found: ApiServices) -> KeyDesk:
    if found.keys is None:
        raise CallRefused("this server has no database for keys")
    return found.keys


@router.get("", summary="Keys")
async def list_keys(found: Services) -> list[KeyView]:
    """Every key, the newest first; those that have ended, too. Of none is the secret known."""
    return [KeyView.of(key) for key in await _desk(found).list()]


@router.post("", status_code=201, summary="Make a key")
async def add_key(found: Services, person: Person, note: Noted, wanted: WantedKey, response: Response) -> NewKeyView:
    """The key is in the answer, and nowhere else."""
    known = [line.name for line in found.store.lines()]
    rights = rights_of(wanted.role, wanted.lines, wanted.destinations, known=known)
    new = await _desk(found).add(wanted.name, rights, by=person.who, days=wanted.days)
    _tell(note, new.key)
    response.headers["Cache-Control"] = "no-store"
    return NewKeyView.made(new)


@router.post("/{name}/rotate", status_code=201, summary="Rotate a key")
async def rotate_key(
    found: Services, person: Person, note: Noted, name: str, wanted: WantedRotation, response: Response
) -> NewKeyView:
    """A second key of the same rights. Both are taken until the overlap is over; there are never more than two."""
    overlap = timedelta(hours=wanted.overlap_hours)
    new = await _desk(found).rotate(name, by=person.who, overlap=overlap, days=wanted.days)
    _tell(note, new.key)
    response.headers["Cache-Control"] = "no-store"
    return NewKeyView.made(new)


@router.delete("/{name}", summary="Revoke a key")
async def revoke_key(
    found: Services, note: Noted, name: str, id: Annotated[str | None, Query(max_length=16)] = None
) -> list[KeyView]:
    """End every live key of this name now, or the one with this ``id``. Other workers know it within ten seconds."""
    ended = await _desk(found).revoke(name, id)
    note.before = ",".join(key.id for key in ended)
    return [KeyView.of(key) for key in ended]


def _tell(note: Noted, key: ApiKey) -> None:
    note.target, note.after = key.name, key.id
    lines = key.rights.lines
    note.detail = {
        "roles": sorted(key.rights.roles),
        "lines": None if lines is None else sorted(lines),
        "destinations": list(key.rights.destinations),
        "ends_at": key.ends_at.isoformat() if key.ends_at else None,
    }
