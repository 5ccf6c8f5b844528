"""`ringmaster phrases`: have the sound of every fixed phrase kept before the first call."""

import asyncio

from rich.console import Console

from backend.agents.store import load_store
from backend.boot.phrases import phrase_sounds
from backend.boot.speech import open_speech
from backend.cli.progress import progress
from backend.domain.audio import PCM_16K
from backend.engine.desk.phrase_warmer import phrases
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.tool_store.built_in_tools import tool_names
from config import Settings

__all__ = ["keep_phrases"]

_NOWHERE = (
    "Nothing is kept of a speech service on this machine, which may sound different at its next start. "
    "Set PHRASES_DIR to keep it all the same."
)


def keep_phrases(settings: Settings, console: Console) -> None:
    """Have spoken and kept what is missing, and say how many there are.

    Raises:
        StoreError: the store does not pass the check.
        ProviderError, PoolExhausted: the speech service cannot be used.
    """
    sounds = phrase_sounds(settings)
    if sounds is None:
        console.print(_NOWHERE)
        return
    made, known = asyncio.run(_keep(settings))
    console.print(f"{made + known} phrases are kept in {sounds.folder}; {made} of them are new.", markup=False)


async def _keep(settings: Settings) -> tuple[int, int]:
    connections = settings.connections
    store = load_store(connections.agent_store, connections.prompt_store, tool_names())
    wanted = list(phrases(store, person_key=settings.voice.dtmf_person))
    speech = open_speech(settings)
    await speech.start()
    cache, made = PhraseCache(speech.tts, sounds=phrase_sounds(settings)), 0
    try:
        with progress("phrases", len(wanted)) as one_more:
            for text, voice in wanted:
                made += await cache.learn(text, voice, PCM_16K)
                one_more()
    finally:
        await speech.close()
    return made, len(wanted) - made
