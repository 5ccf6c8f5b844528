"""Learns from example answers what they mean, and how sure of that one must be: ``ringmaster learn``.

A file of examples has one a line: ``+`` before a yes, ``-`` before a no, ``?`` before what has to be asked again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backend.agents.files import fingerprint
from backend.errors import ConfigError
from backend.language.distress import signs
from backend.language.learned import LEAST_SURE, Learned
from backend.language.learning import odds_of
from backend.language.reading import Reading

__all__ = ["Example", "Read", "Taught", "examples_in", "teach", "written"]

_MEANING: Mapping[str, bool | None] = {"+ ": True, "- ": False, "? ": None}
_FOLDS, _TOGETHER = 4, 10
"""Parts that are judged in turn by what the others taught, and how many neighbors go into the same part: they are often
alike."""
_SURE = (LEAST_SURE, 3.0, 3.5, 4.0, 5.0, 6.0)
"""Log odds that are tried, the least first."""
_MOST_WRONG = 0.02
"""Share of what it settles that may be settled wrongly, or one: every fourth example is written to mislead, and callers
mislead far less."""
_FEWEST = 100
"""Examples; fewer teach nothing."""
_FEWEST_EACH = 20
"""Of a yes and of a no: who was told of one of them only takes everything for that one, and is never wrong of it."""
_LEAST_ODDS = 0.05

Read = Callable[[str, Learned | None], Reading]
"""Reads an answer, with what was learned or without."""


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody may answer, and what it means; ``None``: it has to be asked again."""

    words: str
    means: bool | None


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, and how it does on examples that it was not taught.

    Args:
        learned: what came of all examples.
        settled: answers whose meaning it settled rightly, where the words that are known leave a doubt.
        mended: answers that would have been taken wrongly, and are asked.
        needless: answers that would have been taken rightly, and are asked.
        wrong: answers that it took wrongly.
    """

    learned: Learned
    settled: int
    mended: int
    needless: int
    wrong: tuple[str, ...]


def examples_in(text: str) -> list[Example]:
    """The examples of a file. Lines that begin with # and empty ones are none.

    Raises:
        ConfigError: a line is none, or there are too few.
    """
    found: list[Example] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[:2] not in _MEANING:
            raise ConfigError(f"line {number}: expected '+ ', '- ' or '? ' and then what somebody answers")
        found.append(Example(line[2:].strip(), _MEANING[line[:2]]))
    if len(found) < _FEWEST:
        raise ConfigError(f"expected {_FEWEST} examples or more, got {len(found)}")
    for answer, mark in ((True, "+"), (False, "-")):
        there = sum(one.means is answer for one in found)
        if there < _FEWEST_EACH:
            raise ConfigError(f"expected {_FEWEST_EACH} examples or more with '{mark} ', got {there}")
    return found


def teach(text: str, read: Read) -> Taught:
    """Learn what a file of examples teaches.

    Args:
        text: the file.
        read: how such an answer is read.

    Raises:
        ConfigError: the file is none of examples.
    """
    examples = examples_in(text)
    parts = [[one for at, one in enumerate(examples) if at // _TOGETHER % _FOLDS == part] for part in range(_FOLDS)]
    judged: list[tuple[Example, Mapping[str, tuple[float, float]]]] = []
    for number, part in enumerate(parts):
        weights = _weights([one for at, other in enumerate(parts) if at != number for one in other])
        judged += [(one, weights) for one in part]
    before = [read(one.words, None) for one, _ in judged]
    made_from, weights = fingerprint(text), _weights(examples)
    taught = Taught(Learned(weights, _SURE[-1], made_from), 0, 0, 0, ())
    for sure in _SURE:
        after = [read(one.words, Learned(known, sure)) for one, known in judged]
        taught = _told([one for one, _ in judged], before, after, Learned(weights, sure, made_from))
        if len(taught.wrong) <= max(1, _MOST_WRONG * taught.settled):
            break
    return taught


def written(learned: Learned) -> str:
    """The file of what was learned."""
    weights = {sign: list(odds) for sign, odds in sorted(learned.weights.items())}
    head = json.dumps({"made_from": learned.made_from, "sure": learned.sure})[:-1]
    lines = ",\n".join(
        f"{json.dumps(sign)}:{json.dumps(odds, separators=(',', ':'))}" for sign, odds in weights.items()
    )
    return f'{head}, "weights": {{\n{lines}\n}}}}\n'


def _weights(examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    told = [(signs(one.words), one.means) for one in examples]
    yes, no = (odds_of([(each, means is answer, 1.0) for each, means in told]) for answer in (True, False))
    both = {sign: (round(odds, 2), round(no[sign], 2)) for sign, odds in yes.items()}
    return {sign: odds for sign, odds in both.items() if max(map(abs, odds)) >= _LEAST_ODDS}


def _told(examples: Sequence[Example], before: Sequence[Reading], after: Sequence[Reading], learned: Learned) -> Taught:
    settled = mended = needless = 0
    wrong: list[str] = []
    for one, earlier, now in zip(examples, before, after, strict=True):
        taken = now.outcome == "value" and earlier.outcome != "value"
        asked = now.outcome != "value" and earlier.outcome == "value"
        right = (now if taken else earlier).value is one.means
        settled += taken and right
        wrong += [one.words] if taken and not right else []
        needless += asked and right
        mended += asked and not right
    return Taught(learned, settled, mended, needless, tuple(wrong))
