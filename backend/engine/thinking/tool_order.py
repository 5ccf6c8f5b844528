"""In which order the tools of one model answer run."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from backend.domain.tool import ToolOutcome
from backend.engine.thinking.asked import ToolAsked

__all__ = ["run_in_order"]


async def run_in_order(
    works: Sequence[ToolAsked],
    run: Callable[[ToolAsked], Awaitable[ToolOutcome]],
) -> list[ToolOutcome]:
    """Outcomes of ``works``, each in its place.

    Looking things up is done side by side. What has an effect runs one after the other, as the model wrote it: to
    file a claim together with its last field would otherwise be a race.
    """
    outcomes: dict[int, ToolOutcome] = {}

    async def run_these(*places: int) -> None:
        for place in places:
            outcomes[place] = await run(works[place])

    doing = [place for place, work in enumerate(works) if work.has_effect]
    looking = [place for place, work in enumerate(works) if not work.has_effect]
    await asyncio.gather(run_these(*doing), *(run_these(place) for place in looking))
    return [outcomes[place] for place in range(len(works))]
