"""Words of an utterance, in lower case and without punctuation."""

import re
import unicodedata

__all__ = ["words"]

_WORD = re.compile(r"(?:[^\W_]|')+(?:[-/:.](?:[^\W_]|')+)*")


def words(text: str) -> list[str]:
    """``"It's 5:30, O'Brien-Smith."`` becomes ``["it's", "5:30", "o'brien-smith"]``; letters of any alphabet stay."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("’", "'"))
