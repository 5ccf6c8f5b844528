"""Social security numbers in the form in which they are written, which nothing else has."""

import re
from collections.abc import Sequence

__all__ = ["written_social"]

_MARK = r"[ \-\u2010-\u2015]"
_WRITTEN = re.compile(rf"(?<![\d\-])(?!000|666|9)\d{{3}}{_MARK}(?!00)\d\d{_MARK}(?!0000)\d{{4}}(?![\d\-])")


def written_social(text: str) -> Sequence[tuple[int, int]]:
    """Where they stand, whether or not anybody says what they are. No phone number is cut three, two, four."""
    return [match.span() for match in _WRITTEN.finditer(text)]
