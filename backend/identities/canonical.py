"""Values in the one form in which they are compared: what a caller said, and what a book holds."""

import unicodedata
from typing import Any

from backend.domain.identity_spec import PartKind

__all__ = ["canonical"]


def canonical(kind: PartKind, value: Any) -> str:
    """A value as it is compared; empty for what cannot be one, which nothing is ever equal to."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    text = unicodedata.normalize("NFKC", str(value)).strip()
    match kind:
        case "digits":
            return "".join(c for c in text if c not in " -") if all(c.isdecimal() or c in " -" for c in text) else ""
        case "code" | "postal_code":
            return "".join(c for c in text.upper() if c.isalnum())
        case "phone":
            return "".join(c for c in text if c.isdecimal() or c == "+")
        case _:
            return " ".join(text.casefold().split())
