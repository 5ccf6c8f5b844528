"""Learns what tells of somebody in danger: ``python tests/distress/learn.py en`` writes ``language/en/distress.json``.

``learned/LANGUAGE.txt`` has what people say who need help now (+), and what people say who do not, though many of their
words are the same (-). Answers of ``tests/understanding`` say how people talk who are only asked something. What it is
judged by (``held.jsonl``, ``held_2.jsonl``) is not read here.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "unit")]

from test_no_business import BUSINESS, CARS  # noqa: E402  (found by the line above)

from backend.language.distress import signs  # noqa: E402
from backend.language.learning import odds_of  # noqa: E402

_HERE = Path(__file__).parent
_ROWS = (
    "set_1", "set_2", "set_3", "set_5_held", "set_5_tune", "set_6_tune", "set_7_held", "set_7_tune", "set_8_tune",
    "set_9_tune", "set_10_tune", "set_11_tune", "set_12_tune", "set_13_tune", "set_14_tune", "set_15_tune",
)  # fmt: skip
_TOLD_OF_HARM = "injuries"
"""Answers about who was hurt are left out: they are of what was, and some of what is."""
_ANSWER = 0.5
"""Weight of an answer beside one of what was written for this."""
_LEAST_ODDS = 0.05

Example = tuple[str, bool, float]


def told(language: str) -> Iterator[Example]:
    """What was written for this: words, whether they are of somebody in danger, and a weight."""
    for line in (_HERE / "learned" / f"{language}.txt").read_text("utf-8").splitlines():
        if line[:2] in ("+ ", "- "):
            yield line[2:], line[0] == "+", 1.0


def answered(language: str) -> Iterator[Example]:
    """What people answer to questions, and what else they call about."""
    for name in _ROWS:
        place = _HERE.parent / "understanding" / "unseen" / f"{name}.jsonl"
        for row in map(json.loads, place.read_text("utf-8").splitlines()):
            if row["language"].startswith(language) and row["kind"] != _TOLD_OF_HARM:
                yield row["words"], row["expect"].get("value") == "emergency", _ANSWER


def learn(found: Sequence[Example]) -> dict[str, float]:
    """Log odds of each sign. A word of one business is left to the stores."""
    odds = odds_of([(signs(words), danger, weight) for words, danger, weight in found], _of_one_business)
    return {sign: round(one, 2) for sign, one in odds.items() if abs(one) >= _LEAST_ODDS}


def _of_one_business(sign: str) -> bool:
    return bool(CARS.search(sign) or BUSINESS.search(sign))


def main(language: str) -> None:
    """Write the weights of one language."""
    weights = learn([*told(language), *answered(language)])
    place = _HERE.parents[1] / "backend" / "language" / language / "distress.json"
    place.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(weights)} signs")


if __name__ == "__main__":
    main(sys.argv[1])
