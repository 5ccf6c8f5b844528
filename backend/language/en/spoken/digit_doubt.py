"""Where the words around a number leave a doubt about it."""

from collections.abc import Sequence

__all__ = ["LIKE_DIGITS", "leaves_doubt"]

_MARKS = frozenset(", . ; : /".split())
_DOUBTFUL = frozenset(
    "hundred thousand million dozen half point zeros zeroes ones twos threes fours fives sixes sevens eights nines "
    "minus".split()
)
LIKE_DIGITS = frozenset(
    "fall ford forth fife fine hive sex sick mine wine knight night tree free hero sero wan aid"
    " eights zeros owes threes nines".split()
)
"""What a recognizer writes for a digit that it did not catch; beside a number they leave a doubt."""
_CORRECTING = frozenset("no wait sorry actually correction scratch oops rather not".split())


def leaves_doubt(tokens: Sequence[str], numbers: Sequence[tuple[int, int]]) -> bool:
    """Was something about the numbers taken back, or said in a way that is not read?

    Args:
        tokens: the utterance.
        numbers: where each number begins and ends.
    """
    if not numbers:
        return False
    if "not" in tokens or any(token in _DOUBTFUL or _is_mixed(token) for token in tokens):
        return True
    if any(_has_neighbor_like_a_digit(tokens, start, end) for start, end in numbers):
        return True
    later = tokens[numbers[0][1] :]
    return any(token in _CORRECTING for token in later) or " i mean " in f" {' '.join(later)} "


def _has_neighbor_like_a_digit(tokens: Sequence[str], start: int, end: int) -> bool:
    listed = any(token in _MARKS for token in tokens[start:end])  # "fall, 4, 8": marks tell nothing
    for place, step in ((start - 1, -1), (end, 1)):
        while listed and 0 <= place < len(tokens) and tokens[place] in _MARKS:
            place += step
        if 0 <= place < len(tokens) and tokens[place] in LIKE_DIGITS:
            return True
    return False


def _is_mixed(token: str) -> bool:
    return any(c.isdecimal() for c in token) and not token.isdecimal()
