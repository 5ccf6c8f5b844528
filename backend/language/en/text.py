"""A free text: the caller's own words, unless they answer nothing."""

from backend.language.asked import Asked
from backend.language.en.lists import VAGUE
from backend.language.reading import Reading, nothing, sure
from backend.language.words import MARKS, words_of

__all__ = ["read_text"]


def read_text(words: str, asked: Asked) -> Reading:
    """The words as they are. A greeting or a mere "yes" says nothing; the language tells asides apart."""
    del asked
    content = [word for word in words_of(words) if word not in VAGUE and word not in MARKS]
    return sure(" ".join(words.split()), tuple(content)) if content else nothing()
