"""Operators: the block list."""

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.block_desk import BlockDesk
from backend.api.faults import fault_of
from backend.api.parameters import Moment, known_parameters
from backend.api.scope import require_line
from backend.api.services import ApiServices
from backend.domain.block import Block
from backend.errors import CallRefused, Forbidden, KeyRefused

__all__ = ["router"]

router = APIRouter(
    prefix="/api/v1/blocks",
    tags=["people"],
    dependencies=[admitted, Depends(known_parameters)],
    responses={
        401: fault_of("no key, or the wrong one"),
        403: fault_of("not with these roles or lines"),
        409: fault_of("it cannot be made or taken away so"),
        503: fault_of("the database did not answer"),
    },
)


class BlockView(BaseModel):
    """One entry of the block list."""

    id: str
    number: str = Field(description="A number, the beginning of some, or `withheld`.")
    prefix: bool
    line: str = Field(description="The line that it is for; empty for all.")
    until: datetime | None
    why: str
    by: str
    at: datetime

    @classmethod
    def of(cls, block: Block) -> "BlockView":
        """As it is kept."""
        return cls(
            id=block.id,
            number=block.number.reveal() or "withheld",
            prefix=block.prefix,
            line=block.line,
            until=block.until,
            why=block.why,
            by=block.by,
            at=block.at,
        )


class WantedBlock(BaseModel):
    """A number to be blocked."""

    model_config = ConfigDict(extra="forbid")

    number: str = Field(max_length=256, description="Such as +18005550123, or `withheld`.", min_length=1)
    prefix: bool = Field(default=False, description="true: blocks every number that begins with `number`.")
    line: str | None = Field(
        default=None, min_length=1, max_length=64, description="The line it applies to. Default: all lines."
    )
    until: Moment | None = Field(
        default=None, description="When it ends, with a time zone. Default: when it is removed."
    )
    why: str = Field(min_length=1, max_length=500, description="The reason, shown in the list. No words of callers.")


def _desk(found: ApiServices) -> BlockDesk:
    if found.blocks is None:
        raise CallRefused("this server has no database for a block list")
    return found.blocks


@router.get("", summary="The block list")
async def list_blocks(found: Services, person: Person) -> list[BlockView]:
    """Every entry, the newest first; those whose time is over, too."""
    return [BlockView.of(block) for block in await _desk(found).list(person.lines)]


@router.post("", status_code=201, summary="Block a number")
async def add_block(found: Services, person: Person, note: Noted, wanted: WantedBlock) -> BlockView:
    """Its calls are not taken, and nobody is connected with it. Other workers know it within ten seconds."""
    line = wanted.line or ""
    if person.lines is not None and not line:
        raise Forbidden("name the line: your key is limited to some")
    require_line(person, line)
    if line and line not in [one.name for one in found.store.lines()]:
        raise KeyRefused(f"line: there is no line {line!r}")
    block = await _desk(found).add(
        wanted.number, prefix=wanted.prefix, line=line, until=wanted.until, why=wanted.why, by=person.who
    )
    note.target, note.line, note.after = block.id, block.line, "blocked"
    return BlockView.of(block)


@router.delete("/{block_id}", summary="Take a number off the block list")
async def remove_block(found: Services, person: Person, note: Noted, block_id: str) -> BlockView:
    """Its calls are taken again."""
    block = await _desk(found).remove(block_id, person.lines)
    note.line, note.before = block.line, "blocked"
    return BlockView.of(block)
