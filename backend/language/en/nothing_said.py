"""TEMPORARY until the asides of this language have landed."""

import re

from backend.domain.spoken.aside import read_aside
from backend.domain.spoken.asking_back import asks_back
from backend.domain.spoken.tokens import words
from backend.domain.spoken.unsure import does_not_know
from backend.domain.spoken.waiting_room import asks_for_time
from backend.language.reading import Nothing

_PERSON = re.compile(
    r"\b(?:talk|speak|connect|transfer|put|get|give)\b.*\b(?:person|human|agent|representative|somebody|someone"
    r"|operator)\b|^(?:a )?(?:real )?(?:person|human|agent|operator|representative)(?: please)?$"
)


def read_nothing(text: str) -> Nothing:
    said = " ".join(words(text))
    if does_not_know(text):
        return "unknown"
    if asks_for_time(text):
        return "wait"
    if asks_back(text) or read_aside(text) in ("why", "again", "slower", "machine", "hearing"):
        return "question"
    if _PERSON.search(said):
        return "person"
    return ""
