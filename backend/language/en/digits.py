"""Reads English digits: one by one, in pairs, doubled, as a number; exactly as many as were asked for."""

from collections.abc import Callable, Sequence

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.characters import Row, characters_of, rows_of
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["Fit", "read_digits", "weighed"]

_BEGUN = 2
"""Characters that were begun with, at least, where they are said again."""
Fit = Callable[[str], str]
"""The value that a row of characters is, as it is written; ``""`` when it is none."""


def read_digits(text: str, asked: Asked) -> Reading:
    """The one number of an answer; in doubt when it has not as many digits as were asked for."""
    words = characters_of(text)
    least = asked.digits or 1
    most = asked.digits or 40

    def fit(digits: str) -> str:
        return digits if least <= len(digits) <= most else ""

    return weighed(words, rows_of(words), fit)


def weighed(words: Sequence[str], rows: Sequence[Row], fit: Fit) -> Reading:
    """What rows of characters come to: the one that fits, when none is left that does not."""
    mentions = [_mention(row, fit) for row in rows if not _counts_something(words, row)]
    signs = [sign for sign in signs_for(SIGNS.find(words), mentions, ()) if sign.sort != "about"]
    return weigh(words, mentions, signs, breaks=BREAKS)


def _mention(row: Row, fit: Fit) -> Mention:
    """A row by what it most likely is; in doubt when only something else that it may be fits."""
    if (begun := _begun_twice(row, fit)) is not None:
        return begun
    options = [value for option in row.options() if (value := fit(option))]
    first = fit(row.text) or _repeated(row, fit)
    values = tuple(dict.fromkeys([first] if first else options))
    why = "" if first and not row.doubtful else "another number of characters" if not first else "a word was unclear"
    return Mention(row.start, row.end, values, why=why, doubtful=bool(why))


def _repeated(row: Row, fit: Fit) -> str:
    """The same twice in one breath: "four eight two one, four eight two one"."""
    half = row.text[: len(row.text) // 2]
    return fit(half) if half * 2 == row.text else ""


def _begun_twice(row: Row, fit: Fit) -> Mention | None:
    """What was begun, and said again from its beginning: "eight oh two oh... eight oh two oh five"."""
    for at in range(1, len(row.pieces)):
        head = "".join(piece.likeliest for piece in row.pieces[:at])
        tail = "".join(piece.likeliest for piece in row.pieces[at:])
        if len(head) < _BEGUN or len(head) >= len(tail) or not tail.startswith(head) or not (value := fit(tail)):
            continue
        paused = row.pieces[at - 1].end < row.pieces[at].start
        whole = fit(row.text)
        if paused and not (whole and row.doubtful):
            return Mention(row.start, row.end, (value,), doubtful=row.doubtful, why="a word was unclear" * row.doubtful)
        return Mention(row.start, row.end, tuple(filter(None, (whole, value))), why="begun twice", doubtful=True)
    return None


def _counts_something(words: Sequence[str], row: Row) -> bool:
    """A single digit with what it counts behind it: "two cards", "five minutes"."""
    after = words[row.end] if row.end < len(words) else ""
    return len(row.text) == 1 and after.endswith("s") and len(after) > 3
