"""Learns what tells that a caller has said all of it: ``python tests/pauses/learn.py en`` writes ``turn_ends.json``.

The answers of ``tests/understanding`` say how answers end, and those of ``learned/LANGUAGE.txt`` also where people
pause. Each answer is one example of an end, and each place in it one of a pause, weighed by how often people pause
there. The paused utterances that turn-taking is judged by are not read here.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "unit")]

from test_no_business import BUSINESS, CARS  # noqa: E402  (found by the line above)

from backend.engine.listening.endpointing import expectation  # noqa: E402
from backend.language.named import language_named  # noqa: E402
from backend.language.turn_ends import signs  # noqa: E402
from backend.language.turn_words import TurnWords  # noqa: E402

_HERE = Path(__file__).parent
_ROWS = ("set_1", "set_2", "set_3", "set_5_held", "set_5_tune", "set_7_held", "set_7_tune")
_KINDS = {
    "confirmation": "decision", "date_of_loss": "date", "drivable": "yes_no", "injuries": "yes_no", "driver": "text",
    "intent": "", "person_name": "name", "place": "place", "time_of_day": "time", "vehicle": "group:4",
    "vehicle_count": "integer",
}  # fmt: skip
_MARKED, _UNMARKED, _ROW = 1.5, 0.8, 1.3
"""Weights: of a pause that is marked, of all other places of such an answer, of all places where nothing is marked."""
_SHRINK, _ROUNDS, _RATE = 3.0, 300, 0.05
_LEAST_ODDS, _LEAST_SEEN = 0.1, 7
"""A sign that fewer answers have tells more of those answers than of the language."""
_STRONG, _MIDDLE, _WEAK = 5.0, 3.0, 0.5
_PLAIN = re.compile(r"[A-Z0-9]|\.\.\.")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """Words, and whether they were all."""

    asked: str
    text: str
    whole: bool
    weight: float
    answer: int
    """Number of the answer that it is of."""


def told(language: str) -> Iterator[tuple[str, list[str]]]:
    """Each answer that says where people pause: what was asked, and its pieces."""
    place = _HERE / "learned" / f"{language}.txt"
    for line in place.read_text("utf-8").splitlines() if place.is_file() else ():
        if line and not line.startswith("#"):
            asked, _, says = line.partition(":")
            if asked == "group":  # a group has its digits behind a second colon
                digits, _, says = says.partition(":")
                asked = f"{asked}:{digits}"
            yield asked, [piece.strip() for piece in says.split("|")]


def rows(language: str) -> Iterator[tuple[str, str]]:
    """Each answer of tests/understanding that was said, and not written: what was asked, and its words."""
    for name in _ROWS:
        place = _HERE.parent / "understanding" / "unseen" / f"{name}.jsonl"
        for row in map(json.loads, place.read_text("utf-8").splitlines()):
            spoken = row["language"].startswith(language) and not _PLAIN.search(row["words"])
            if spoken and row["kind"] in _KINDS and " " in row["words"].strip():
                yield _KINDS[row["kind"]], " ".join(re.findall(r"[\w'’]+", row["words"]))


def examples(language: str, known: TurnWords) -> Iterator[Example]:
    """Ends and pauses of all of them."""
    answers = count()
    for asked, pieces in told(language):
        words, answer = " ".join(pieces).split(), next(answers)
        yield Example(asked, " ".join(words), True, _MARKED, answer)
        marks = {len(" ".join(pieces[:count]).split()) for count in range(1, len(pieces))}
        for at in range(1, len(words)):
            weight = _MARKED if at in marks else _UNMARKED / len(words)
            yield Example(asked, " ".join(words[:at]), False, weight, answer)
    for asked, text in rows(language):
        words, answer = text.split(), next(answers)
        yield Example(asked, text, True, 1.0, answer)
        often = [how_often(words, at, known) for at in range(1, len(words))]
        for at, weight in enumerate(often, 1):
            yield Example(asked, " ".join(words[:at]), False, _ROW * weight / sum(often), answer)


def how_often(words: Sequence[str], at: int, known: TurnWords) -> float:
    """How often people pause there, beside other places: before a new sentence, behind a yes, before a "from"."""
    before, after = words[at - 1], words[at]
    if before in known.trailing and before not in known.short_answers and before not in known.hesitations:
        return _WEAK
    if known.joined.fullmatch(after):
        return _STRONG
    greets = before in known.short_answers or known.only_leads.search(before)
    return _MIDDLE if greets or after in known.subjects or after in known.trailing else 1.0


def of_one_business(sign: str) -> bool:
    """Is it a word of one business? Those are the store's."""
    return bool(CARS.search(sign) or BUSINESS.search(sign))


def asked_kind(asked: str) -> str:
    """As the engine names it."""
    kind, _, digits = asked.partition(":")
    return expectation(kind or None, int(digits or 0)).asked


def learn(found: Sequence[Example], known: TurnWords) -> dict[str, float]:
    """Log odds of each sign: a logistic regression, shrunk."""
    seen = [[*signs(one.text, asked_kind(one.asked), known)] for one in found]
    of = Counter(
        sign for sign, _ in {(sign, one.answer) for one, each in zip(found, seen, strict=True) for sign in each}
    )
    often = (sign for sign, times in of.items() if times >= _LEAST_SEEN and not of_one_business(sign))
    number = {sign: at for at, sign in enumerate(sorted(often))}
    size, longest = len(number), max(map(len, seen))
    table = np.full((len(seen), longest), size, np.int32)  # the last column is no sign, and weighs nothing
    for row, each in enumerate(seen):
        known_ones = [number[sign] for sign in each if sign in number]
        table[row, : len(known_ones)] = known_ones
    whole = np.array([one.whole for one in found], np.float32)
    weight = np.array([one.weight for one in found], np.float32)
    odds = _fit(table, whole, weight, size)
    return {sign: round(float(odds[at]), 2) for sign, at in number.items() if abs(odds[at]) >= _LEAST_ODDS}


def _fit(table: NDArray[np.int32], whole: Floats, weight: Floats, size: int) -> NDArray[Any]:
    odds, mean, spread = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    for _ in range(_ROUNDS):
        error = weight * (1 / (1 + np.exp(-odds[table].sum(1))) - whole)
        slope = np.bincount(table.ravel(), np.repeat(error, table.shape[1]), size + 1) + _SHRINK * odds
        slope[size] = 0.0
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        odds -= _RATE * mean / (np.sqrt(spread) + 1e-6)
    return odds


def main(language: str) -> None:
    """Write the weights of one language."""
    known = language_named(language).turns
    weights = learn([*examples(language, known)], known)
    place = _HERE.parents[1] / "backend" / "language" / language / "turn_ends.json"
    place.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(weights)} signs")


if __name__ == "__main__":
    main(sys.argv[1])
