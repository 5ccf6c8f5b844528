"""Words of an utterance, in lower case and without punctuation."""

import re

__all__ = ["words"]

_WORD = re.compile(r"[a-z0-9']+(?:[-/:.][a-z0-9']+)*")


def words(text: str) -> list[str]:
    """``"It's 5:30, O'Brien-Smith."`` becomes ``["it's", "5:30", "o'brien-smith"]``."""
    return _WORD.findall(text.lower().replace("’", "'"))
