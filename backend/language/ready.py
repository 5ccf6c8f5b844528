"""Languages made ready before a call needs them."""

from collections.abc import Iterable
from datetime import datetime

from backend.language.asked import Asked
from backend.language.consent import consent_in
from backend.language.named import language_named, region_of
from backend.language.parts import parts_reader
from backend.language.standing import StandingWords, obstacle
from backend.language.tongue import heard

__all__ = ["make_ready"]


def make_ready(tags: Iterable[str]) -> None:
    """Load all that these languages have, and read a word in each of their ways, so that no call waits for it.

    It takes half a second for a language: not on the event loop.
    """
    for tag in sorted(tags):
        language = language_named(tag)
        for kind in language.readers:
            language.read("ana", Asked(kind, datetime(2000, 1, 1), region_of(tag)))
        parts_reader(tag)
        obstacle(tag, "ana", StandingWords())
        consent_in(tag, "ana")
        heard("nobody of the line says zzz", tag)
