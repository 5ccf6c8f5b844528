"""Joins the settings and the folder of kept phrases."""

from pathlib import Path
from urllib.parse import urlsplit

from backend.adapters.files.phrase_sounds import FilePhraseSounds
from config import Settings

__all__ = ["phrase_sounds"]

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def phrase_sounds(settings: Settings) -> FilePhraseSounds | None:
    """Where phrases are kept; ``None`` with a speech service on this machine, unless a folder is set for it.

    A local stand-in may sound different at each start, so nothing is kept of it unasked.
    """
    connections, azure = settings.connections, settings.azure
    service = azure.azure_speech_endpoint or azure.azure_speech_region
    folder = connections.phrases_dir
    if not folder and urlsplit(service).hostname in _HERE:
        return None
    return FilePhraseSounds(Path(folder or connections.agent_store.parent / "kept_phrases"), service)
