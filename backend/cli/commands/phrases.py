"""``ringmaster phrases``: fixed sentences as audio."""

from backend.cli.commands.guarded import guarded

__all__ = ["phrases"]


def phrases() -> None:
    """Record all fixed phrases as audio, for when the speech service is down. Records only what is missing."""
    from backend.adapters.terminal.screen import screen
    from backend.cli.phrases import keep_phrases

    guarded(lambda settings: keep_phrases(settings, screen()))
