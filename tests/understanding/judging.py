"""How answers were understood: each row of ``rows.yaml`` judged, and counted in two halves.

    python tests/understanding/judging.py [--half a|b] [--rows unseen/set_1.jsonl] [--show wrong,doubt,needless]

The readers are asked as a user asks them, ``ringmaster understand --jsonl``, by the command in this process: what a
process of its own takes to start is paid once.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from typer.testing import CliRunner

from backend.cli.application import app
from backend.yaml_loader import load_yaml

__all__ = ["COLUMNS", "Judged", "Row", "count", "judged_rows", "judged_sets", "rows_in_json", "rows_of"]


Column = Literal["right", "wrong", "doubt", "needless"]
COLUMNS: tuple[Column, ...] = ("right", "wrong", "doubt", "needless")
"""``wrong``: taken in silence, and not meant. ``doubt``: taken in silence where it should have been asked.
``needless``: clear, and would be asked again."""

_HERE = Path(__file__).parent
_NOW = "2026-09-16T12:30"
_ANY = object()


@dataclass(frozen=True)
class Row:
    """One answer and the readings of it that are right: (outcome, value); the value of an ``ask`` is not looked at."""

    id: str
    kind: str
    half: str
    asked: Mapping[str, str]
    right: tuple[tuple[str, Any], ...]
    fine_once_confirmed: tuple[Any, ...] = ()
    never: tuple[str, ...] = ()
    """Words that must stand in no part of a value: taken back, or somebody else's."""


@dataclass(frozen=True)
class Judged:
    """A row, what it was taken for, and the column that it counts in."""

    row: Row
    answer: Mapping[str, Any] = field(repr=False)
    column: Column


def rows_of(path: Path = _HERE / "rows.yaml") -> list[Row]:
    """Every row; those of even places are half ``a``."""
    rows: list[Row] = []
    for kind, group in load_yaml(path.read_text(encoding="utf-8")).items():
        for number, one in enumerate(group["rows"], 1):
            asked = {
                "id": f"{kind}-{number:02}",
                "kind": kind,
                "language": one.get("language", "en-US"),
                "now": one.get("now", _NOW),
                "question": one.get("question", group.get("question", "")),
                "words": one["words"],
            }
            right = (*_readings(one), *_readings(one.get("or", {})))
            rows.append(
                Row(
                    asked["id"],
                    kind,
                    "ba"[number % 2],
                    asked,
                    right,
                    tuple(one.get("ask", ())),
                    tuple(one.get("never", ())),
                )
            )
    return rows


def rows_in_json(path: Path) -> list[Row]:
    """Rows of one line of JSON each: ``expect`` is the reading of a careful clerk, ``also`` others that are as good,
    ``acceptable`` what is fine once confirmed, ``never`` words that must stand in no value."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        expect = one["expect"]
        asked = {name: one[name] for name in ("id", "kind", "language", "now", "question", "words")}
        right = tuple(reading for each in (expect, *expect.get("also", ())) for reading in _readings(_plainly(each)))
        rows.append(
            Row(
                one["id"],
                one["kind"],
                "",
                asked,
                right,
                tuple(expect.get("acceptable", ())),
                tuple(expect.get("never", ())),
            )
        )
    return rows


def _plainly(expected: Mapping[str, Any]) -> Mapping[str, Any]:
    return {expected["outcome"]: expected.get("value")}


def judged_rows(rows: Sequence[Row]) -> list[Judged]:
    """Ask the readers. Raises ``AssertionError`` when they fail, ``ValueError`` when answers are missing."""
    asked = "".join(json.dumps(row.asked, ensure_ascii=False) + "\n" for row in rows)
    with chdir(_HERE.parents[1]):
        ran = CliRunner().invoke(app, ["understand", "--jsonl"], input=asked.encode(), catch_exceptions=False)
    assert ran.exit_code == 0, ran.stderr
    answers = [json.loads(line) for line in ran.stdout.splitlines() if line.strip()]
    return [Judged(row, answer, _column(row, answer)) for row, answer in zip(rows, answers, strict=True)]


def judged_sets(names: Iterable[str]) -> dict[str, list[Judged]]:
    """The rows of several files of the folder ``unseen``, judged in one run of the readers."""
    sets = {name: rows_in_json(_HERE / "unseen" / f"{name}.jsonl") for name in names}
    judged = iter(judged_rows([row for rows in sets.values() for row in rows]))
    return {name: list(islice(judged, len(rows))) for name, rows in sets.items()}


def count(judged: Iterable[Judged]) -> Counter[Column]:
    """How many of each column."""
    return Counter(one.column for one in judged)


def _readings(one: Mapping[str, Any] | str) -> Iterable[tuple[str, Any]]:
    if isinstance(one, str):
        return [(one, _ANY)]
    return [
        (outcome, one[outcome] if outcome == "value" else _ANY)
        for outcome in ("value", "ask", "none")
        if outcome in one
    ]


def _column(row: Row, answer: Mapping[str, Any]) -> Column:
    outcome, value = answer.get("outcome"), answer.get("value")
    if outcome == "value" and any(word in _spoken(value) for word in row.never):
        return "wrong"
    for right, meant in row.right:
        if outcome == right and (meant is _ANY or _same(row.kind, meant, value)):
            return "right"
    if outcome == "none" and any(right == "ask" for right, _ in row.right):
        return "right"  # it is asked again
    if outcome != "value":
        return "needless"
    if any(right == "value" and _part_of(row.kind, value, meant) for right, meant in row.right):
        return "needless"  # the rest is asked for
    return "doubt" if any(_same(row.kind, meant, value) for meant in row.fine_once_confirmed) else "wrong"


def _spoken(value: Any) -> str:
    """What a value would be read back as, without the names of its parts: "street" is the name of one."""
    said = value.values() if isinstance(value, Mapping) else (value,)
    return json.dumps([*said], ensure_ascii=False).lower()


def _same(kind: str, meant: Any, value: Any) -> bool:
    if isinstance(meant, Mapping) and isinstance(value, Mapping):
        said = {name: part for name, part in value.items() if part not in (None, "")}
        if kind == "injuries":
            return bool(said.get("injured")) is meant["injured"]
        if kind == "place":
            return _same_place(meant, said)
        return set(said) == set(meant) and all(_same_text(meant[name], said[name]) for name in meant)
    if isinstance(meant, bool) or isinstance(value, bool):
        return meant is value
    return _same_text(meant, value) if kind != "person_name" else meant == value


def _same_place(meant: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """A state that goes without saying may be filled in, and landmarks of the caller's may stand in the street."""
    if set(said) - {"state"} - set(meant) or set(meant) - set(said):
        return False
    if "street" in meant and _plain(meant["street"]) not in _plain(str(said["street"])):
        return False
    return all(_same_text(meant[name], said[name]) for name in meant if name != "street")


def _part_of(kind: str, value: Any, meant: Any) -> bool:
    if kind == "injuries" or not (isinstance(meant, Mapping) and isinstance(value, Mapping)):
        return False
    said = {name: part for name, part in value.items() if part not in (None, "")}
    return bool(said) and all(name in meant and _same_text(meant[name], part) for name, part in said.items())


_SMALL = {"at", "the", "corner", "of", "in", "front", "near", "on", "and", "interstate"}
_FIGURES = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "street": "st", "avenue": "ave",
}  # fmt: skip
"""A street may be written in words or in figures."""


def _same_text(meant: Any, value: Any) -> bool:
    if isinstance(meant, int | float) and isinstance(value, int | float):
        return abs(meant - value) < 0.005
    return _plain(str(meant)) == _plain(str(value))


def _plain(text: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = [_FIGURES.get(word, word) for word in re.findall(r"[\w@.+]+", letters)]
    return "".join(word for word in words if word not in _SMALL)


def _print(judged: Sequence[Judged], show: frozenset[str]) -> None:
    for one in judged:
        if one.column in show:
            print(f"{one.column:9} {one.row.id} {one.row.asked['words']!r}: {dict(one.answer)}")
    kinds = dict.fromkeys(one.row.kind for one in judged)
    print(f"{'kind':16}{'rows':>6}" + "".join(f"{column:>10}" for column in COLUMNS))
    for kind in [*kinds, ""]:
        group = [one for one in judged if not kind or one.row.kind == kind]
        counts = count(group)
        print(f"{kind or 'all':16}{len(group):>6}" + "".join(f"{counts[column]:>10}" for column in COLUMNS))


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--rows", type=Path, help="rows of one line of JSON each")
    parser.add_argument("--show", default="")
    given = parser.parse_args()
    rows = rows_in_json(given.rows) if given.rows else [row for row in rows_of() if given.half in (None, row.half)]
    _print(judged_rows(rows), frozenset(given.show.split(",")))


if __name__ == "__main__":
    _main()
