"""The first notice of loss: its fields, the questions that ask for them, and how spoken answers are read."""

from backend.domain.claim.field import Circumstances, Field, FieldError
from backend.domain.claim.form import FIELDS, UNVERIFIED, field_named, known_values, missing
from backend.domain.claim.read_back import PARTS, SpokenPart, changed_words, read_back

__all__ = [
    "FIELDS",
    "PARTS",
    "UNVERIFIED",
    "Circumstances",
    "Field",
    "FieldError",
    "SpokenPart",
    "changed_words",
    "field_named",
    "known_values",
    "missing",
    "read_back",
]
