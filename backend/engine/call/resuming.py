"""The first words to a caller whose call goes on after it was cut off."""

import re

from backend.domain.phrases import Phrases
from backend.domain.session import AgentSaid, CallSession

__all__ = ["resume_phrase"]

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def resume_phrase(session: CallSession, phrases: Phrases) -> str:
    """What a caller hears whose call goes on elsewhere: an apology, and the question that they were asked last."""
    said = next((item.text for item in reversed(session.history) if isinstance(item, AgentSaid)), "")
    sentences = [found.strip() for found in _SENTENCE.findall(said)]
    question = next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), "")
    return f"{phrases.resumed} {question or phrases.say_again}"
