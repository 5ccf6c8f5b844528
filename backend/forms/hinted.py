"""Half an answer that points to one of the things a book knows: "the master three from twenty nineteen"."""

from collections.abc import Collection, Mapping
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.language.reading import Reading, doubtful
from backend.language.words import words_of

__all__ = ["hinted"]

_NAME = 4
"""Letters of a word that can be told from another: "is", "three" as a number and "rav" are said of anything."""
_WHY = "Only a part of it was understood, which fits one of those that are known."


def hinted(field: FieldSpec, words: str, reading: Reading, about: About) -> Reading:
    """A doubt with the one known thing that these words point to as its candidate, so that it is offered for a yes.

    It is never taken: a part that fits may be a part of another thing.

    Args:
        field: what was asked for.
        words: the answer.
        reading: what was made of it; a value stands.
        about: what the book knows, and the language of the words. What they deny points to nothing.
    """
    if field.kind != "group" or reading.outcome == "value":
        return reading
    said = {word for clause in about.language.account.plain_clauses(words) for word in words_of(clause)}
    fitting = [one for one in about.offered(field) if said and _points_to(field, one, said, reading.value)]
    return doubtful(_WHY, fitting[0]) if len(fitting) == 1 else reading


def _points_to(field: FieldSpec, one: Any, said: Collection[str], value: Any) -> bool:
    return not _names_of(field, one).isdisjoint(said) or _shares_a_number(field, value, one)


def _names_of(field: FieldSpec, one: Any) -> set[str]:
    parts = [str(one.get(part.name, "")) for part in field.parts if part.kind != "integer"]
    return {word for part in parts for word in words_of(part.lower()) if len(word) >= _NAME and word.isalpha()}


def _shares_a_number(field: FieldSpec, value: Any, one: Mapping[str, Any]) -> bool:
    """Is a number of it, such as its year, what was said?"""
    said: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    numbers = [part.name for part in field.parts if part.kind == "integer"]
    return any(said.get(name) is not None and str(said[name]) == str(one.get(name)) for name in numbers)
