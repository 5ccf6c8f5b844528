"""The first words to a caller whose call goes on after it was cut off."""

import re

from backend.domain.session import AgentSaid, CallSession

__all__ = ["RESUMED", "SAY_AGAIN", "resume_line"]

RESUMED = "I'm sorry, we were cut off for a moment."
SAY_AGAIN = "Could you say that again, please?"

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def resume_line(session: CallSession) -> str:
    """What a caller hears when his call goes on elsewhere: an apology, and the question that he was asked last."""
    said = next((item.text for item in reversed(session.history) if isinstance(item, AgentSaid)), "")
    sentences = [found.strip() for found in _SENTENCE.findall(said)]
    question = next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), "")
    return f"{RESUMED} {question or SAY_AGAIN}"
