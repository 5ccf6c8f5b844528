"""What an answer tells the machine to do is no part of it: the same rule in every language, by patterns of its own.

A name or a place that is read back is spoken to the caller and read by people later; words to a machine have no place
in it.
"""

import re
from collections.abc import Callable

__all__ = ["without_instructions_of"]

_MARKS = " ,.;:"


def without_instructions_of(said: re.Pattern[str]) -> Callable[[str], str]:
    """The rule for one language.

    Args:
        said: how such instructions begin, with the words that lead to them.

    Returns:
        takes an answer, and gives what stands before the first instruction: what follows it is more of the same. Where
        nothing stands before it, what stands behind its beginning.
    """

    def without(text: str) -> str:
        found = said.search(text)
        if found is None:
            return text
        before = text[: found.start()].strip(_MARKS)
        return before or text[found.end() :].strip(_MARKS)

    return without
