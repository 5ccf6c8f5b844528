"""The first notice of loss: its fields, the questions that ask for them, and how spoken answers are read."""

from backend.domain.claim.field import Circumstances, Field, FieldError
from backend.domain.claim.form import FIELDS, field_named, missing, read_back

__all__ = ["FIELDS", "Circumstances", "Field", "FieldError", "field_named", "missing", "read_back"]
