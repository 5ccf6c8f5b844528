"""Draws paused utterances by chance: ``python tests/pauses/draw.py SEED COUNT [BUT.yaml] > tests/pauses/NAME.yaml``.

The words are the answers of tests/rehearsals, which other people wrote for other purposes, and which nothing that
judges turn ends was made from. Chance says which of them, where their pauses are (most often behind a comma, before a
new sentence or a "from") and how long: 300 to 900 ms, each as likely as any other. What another
set has, ``BUT``, is left out.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_REHEARSALS = Path(__file__).parents[1] / "rehearsals"
_FOLDERS = ("callers", "insurance", "outsiders", "strangers")
_KINDS = {
    "says": "", "opening": "", "how can i help": "", "what happened": "story", "incident_description": "story",
    "confirmation": "decision", "consent": "decision", "injuries": "yes_no", "vehicle_drivable": "yes_no",
    "passengers": "text", "driver_name": "text", "driver_relationship": "text", "loss_date": "date",
    "loss_time": "time", "loss_location": "place", "last4": "digits:4", "zip_code": "digits:5",
    "callback_number": "digits:10", "vehicles_involved": "integer", "full_name": "name", "trip_purpose": "choice",
    "vehicle": "group:4", "anything else": "yes_no", "anything_else": "yes_no",
}  # fmt: skip
_LONGEST = 25
_BREATH = frozenset(
    "and but or so because when while who which that if then in on at near from to by with about for of after before "
    "during behind i he she we they it my there".split()
)
_LEADS = frozenset("yes yeah no nope well um uh so hello hi okay sure hey sorry".split())
_TWICE, _TWICE_WORDS = 0.3, 6
_AT_COMMA, _BEHIND_LEAD, _BEFORE_BREATH = 10.0, 4.0, 3.0


def answers() -> dict[tuple[str, str], list[str]]:
    """What was asked, and the words of each answer, once; a comma stands behind the word that it follows."""
    found: dict[tuple[str, str], list[str]] = {}
    for folder in _FOLDERS:
        for place in sorted((_REHEARSALS / folder).glob("*.yaml")):
            written = yaml.safe_load(place.read_text("utf-8"))
            for name, text in _said(written):
                words = re.findall(r"[\w'’]+,?", text.lower())
                plain = " ".join(word.rstrip(",") for word in words)
                if 1 < len(words) <= _LONGEST and not re.search(r"\d", plain):
                    found.setdefault((_KINDS[name], plain), words)
    return found


def _said(written: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(written, dict) or str(written.get("language", "en")).startswith("es"):
        return
    told = {"says": written.get("says"), "opening": written.get("opening"), **(written.get("answers") or {})}
    for name, said in told.items():
        for text in _texts(said) if name in _KINDS else ():
            yield name, text


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    for each in said if isinstance(said, list) else ():
        yield from _texts(each)


def paused(words: list[str], chance: random.Random) -> str:
    """``one two {600} three``."""
    places = list(range(1, len(words)))
    pauses: set[int] = set()
    for _ in range(2 if len(words) >= _TWICE_WORDS and chance.random() < _TWICE else 1):
        pauses.add(chance.choices(places, [_often(words, at) for at in places])[0])
    said = [f"{{{chance.randrange(300, 901, 10)}}} {word}" if at in pauses else word for at, word in enumerate(words)]
    return " ".join(said).replace(",", "")


def _often(words: list[str], at: int) -> float:
    if words[at - 1].endswith(","):
        return _AT_COMMA
    if words[at - 1] in _LEADS:
        return _BEHIND_LEAD
    return _BEFORE_BREATH if words[at] in _BREATH else 1.0


def main(seed: int, count: int, but: str = "") -> None:
    """Print a set."""
    known = (
        {re.sub(r" \{\d+\}", "", row["says"]) for row in yaml.safe_load(Path(but).read_text("utf-8"))}
        if but
        else set[str]()
    )
    there = sorted((key, words) for key, words in answers().items() if key[1] not in known)
    chance = random.Random(seed)
    print(f"# Drawn by chance from the answers of tests/rehearsals (tests/pauses/draw.py {seed} {count}), and put down")
    print("# before it was first run. Nothing was fitted to it.")
    for (asked, _), words in sorted(chance.sample(there, count)):
        print(f'- {{asked: "{asked}", says: "{paused(words, chance)}"}}')


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
