"""In which order the tools of one model answer run."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from backend.domain.model import ModelToolCall
from backend.domain.tool import ToolOutcome

__all__ = ["run_in_order"]


async def run_in_order(
    calls: Sequence[ModelToolCall],
    has_effect: Callable[[ModelToolCall], bool],
    run: Callable[[ModelToolCall], Awaitable[ToolOutcome]],
) -> list[ToolOutcome]:
    """Outcomes of ``calls``, each in the place of its call.

    Looking things up is done side by side. What has an effect runs one after the other, as the model wrote it: to
    file a claim together with its last field would otherwise be a race.
    """
    outcomes: dict[int, ToolOutcome] = {}

    async def run_these(*places: int) -> None:
        for place in places:
            outcomes[place] = await run(calls[place])

    doing = [place for place, call in enumerate(calls) if has_effect(call)]
    looking = [place for place, call in enumerate(calls) if not has_effect(call)]
    await asyncio.gather(run_these(*doing), *(run_these(place) for place in looking))
    return [outcomes[place] for place in range(len(calls))]
