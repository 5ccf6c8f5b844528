"""In which order the tools of one model answer run."""

import asyncio

from backend.domain.model import ModelToolCall
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.asked import ToolAsked
from backend.engine.thinking.tool_order import run_in_order


def _works(*names: str) -> list[ToolAsked]:
    calls = [ModelToolCall(f"call_{number}", name, "{}") for number, name in enumerate(names)]
    return [ToolAsked(call, writes=False, has_effect=call.name.startswith("do")) for call in calls]


async def _noted(*names: str) -> tuple[list[str], list[str]]:
    """What began and ended, in order, and the outcomes; tools whose name begins with "do" have an effect."""
    moments: list[str] = []

    async def run(work: ToolAsked) -> ToolOutcome:
        moments.append(f"{work.call.name} begins")
        await asyncio.sleep(0)
        moments.append(f"{work.call.name} ends")
        return ToolOutcome(True, work.call.id)

    outcomes = await run_in_order(_works(*names), run)
    return moments, [outcome.message for outcome in outcomes]


async def test_what_has_an_effect_runs_one_after_the_other() -> None:
    moments, outcomes = await _noted("do_record", "do_file")
    assert moments == ["do_record begins", "do_record ends", "do_file begins", "do_file ends"]
    assert outcomes == ["call_0", "call_1"]


async def test_things_are_looked_up_side_by_side() -> None:
    moments, outcomes = await _noted("find_policy", "do_record", "find_rates")
    assert set(moments[:3]) == {"find_policy begins", "do_record begins", "find_rates begins"}
    assert outcomes == ["call_0", "call_1", "call_2"]
