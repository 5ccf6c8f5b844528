"""Joins what is made ready before a caller waits for it: recognizers, phrases already spoken, models that answer."""

from contextlib import AsyncExitStack

from backend.agents.live import LiveStore
from backend.boot.model import Acquaintance
from backend.boot.providers import ProviderParts
from backend.boot.tools import ToolParts
from backend.engine.desk.phrase_warmer import PhraseWarmer, recognitions
from backend.engine.speaking.phrase_cache import PhraseCache
from config import Settings

__all__ = ["open_warming"]


async def open_warming(
    settings: Settings,
    providers: ProviderParts,
    tools: ToolParts,
    phrases: PhraseCache,
    live: LiveStore,
    stack: AsyncExitStack,
) -> None:
    """Make ready for the store as it is, and from then on for each version that goes live, until ``stack`` ends."""
    learner = PhraseWarmer(
        providers.speech.warm,
        phrases,
        lambda store, agent, says: tools.of(store).fillers(agent, says),
        settings.voice.dtmf_person,
    )
    stack.push_async_callback(learner.close)
    acquaintance = Acquaintance(providers.model)
    stack.push_async_callback(acquaintance.close)
    await acquaintance.make(live.store)
    live.snapshots.on_live.append(acquaintance.learn)
    await providers.speech.warm(recognitions(live.store))
    learner.learn(live.store)
    live.snapshots.on_live.append(learner.learn)
