"""Operations: agents, lines and tools as they are live now."""

from typing import Any

from fastapi import APIRouter, Depends

from backend.api.access import Services, operations
from backend.api.faults import Fault
from backend.domain.agent import AgentSpec, LineSpec

__all__ = ["router"]

router = APIRouter(
    prefix="/api/v1",
    tags=["store"],
    dependencies=[Depends(operations)],
    responses={401: {"model": Fault, "description": "no key, or the wrong one"}},
)


@router.get("/agents", summary="Agents")
async def agents(found: Services) -> list[AgentSpec]:
    """Every agent of the live version."""
    return list(found.store.agents())


@router.get("/lines", summary="Phone lines")
async def lines(found: Services) -> list[LineSpec]:
    """Every line of the live version."""
    return list(found.store.lines())


@router.get("/tools", summary="Tools that agents may use")
async def tools(found: Services) -> list[dict[str, Any]]:
    """Names, descriptions and JSON Schemas."""
    return [
        {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
        for tool in found.store.tools()
    ]
