"""Where a sentence of one language may be cut, so that its beginning is spoken while the rest is still written."""

import re
from dataclasses import dataclass

__all__ = ["ClauseWords"]

_NONE: frozenset[str] = frozenset()
_SENTENCE_END = re.compile(r"[.!?…]+[\"'»)\]]*(?=\s)|\n+|[。！？｡؟।]+[」』”’）\"')\]]*")
"""A mark of Chinese or Japanese ends a sentence whatever follows it: there are no spaces between words."""
_PAUSE = re.compile(r"[,;:–—]+(?=\s)|\s-(?=\s)")


@dataclass(frozen=True)
class ClauseWords:
    """Marks and words by which a sentence is cut. All words in lower case; a language without any is cut at marks.

    Args:
        sentence_end: ends a sentence, with what closes behind it.
        pause: a pause inside a sentence.
        abbreviations: words whose dot ends no sentence, without it: "dr", "p.m".
        joiners: words that a speaker may take a breath in front of: "and", "which".
        pronouns: words behind which nobody takes a breath.
        bound: words that belong to the next: "the", "number".
        numbers: words that say numbers; two of them belong together.
        openers: what answers begin with, whoever calls: "all right". Their sound is kept, so that they are heard while
            the rest is still being written.
    """

    sentence_end: re.Pattern[str] = _SENTENCE_END
    pause: re.Pattern[str] = _PAUSE
    abbreviations: frozenset[str] = _NONE
    joiners: frozenset[str] = _NONE
    pronouns: frozenset[str] = _NONE
    bound: frozenset[str] = _NONE
    numbers: frozenset[str] = _NONE
    openers: frozenset[str] = _NONE
