"""No business is in the core: what an insurer calls its things stands in the store, and nowhere in the server."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[2] / "backend"
BUSINESS = re.compile(r"claim_id|policy_id|fnol|vehicle|zip_code|last4|insur", re.IGNORECASE)
CARS = re.compile(
    r"\b(?:cars?|trucks?|suvs?|sedan|hatchback|minivan|fender|bumper|windshield|airbags?|tires?|motorcycles?|drivers?"
    r"|passengers?|crash(?:ed)?|collision|wreck(?:ed)?|totaled|rear[- ]ended|carros?|coches?|camionetas?|troca|llanta"
    r"|chofer|conductora?|choque|chocaron|chocamos|carambola|copiloto|pasajer[oa]s?)\b",
    re.IGNORECASE,
)
"""Words of one business that look like words of a language: what a caller tells with an answer is the store's too."""
COMPILED = {".pyc", ".so"}
GRAMMAR = {
    f"language/{place}.py"
    for place in (
        "en/account en/asking_back en/beside en/clauses en/counted en/counting en/group en/kin en/name en/not_names "
        "en/partly en/people en/person en/person_doubt en/place_words en/roles en/safety en/spokesman "
        "es/account es/addresses es/amounts es/asking_back es/beside es/calendar es/counted es/counting es/groups "
        "es/not_names es/partly es/people es/person_doubt es/place_doubt es/safety es/several_people es/standing "
        "es/told_name"
    ).split()
}
"""Turns of phrase that still have such a word among others ("the driver is", "a driver" as somebody who did it).
No file may join them; one that has none any more is taken off."""


def found() -> set[str]:
    """The files with such a word, but for migrations, which have to name what was there before."""
    files = (path for path in BACKEND.rglob("*") if path.is_file() and path.suffix not in COMPILED)
    there = {path.relative_to(BACKEND).as_posix() for path in files if BUSINESS.search(path.read_text("utf-8"))}
    return {name for name in there if "migrations/" not in name}


def texts(path: Path) -> Iterator[str]:
    """The texts of a module, without what is written for its readers."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@cache
def with_cars() -> frozenset[str]:
    """The modules whose texts have a word of cars."""
    return frozenset(
        path.relative_to(BACKEND).as_posix()
        for path in BACKEND.rglob("*.py")
        if any(CARS.search(text) for text in texts(path))
    )


def learned_with_cars() -> set[str]:
    """The signs with such a word, of which turn ends and distress are told."""
    learned = (*BACKEND.rglob("turn_ends.json"), *BACKEND.rglob("distress.json"))
    signs = (sign for path in learned for sign in json.loads(path.read_text("utf-8")))
    return {sign for sign in signs if CARS.search(sign)}


def test_no_word_of_one_business_is_in_the_core() -> None:
    assert found() == set()


def test_no_word_of_cars_is_in_the_core_but_where_it_is_known_to_be() -> None:
    assert with_cars() == GRAMMAR


def test_no_word_of_cars_was_learned() -> None:
    assert learned_with_cars() == set()


def test_what_may_stay_unread_names_no_business() -> None:
    assert not {name for name in with_cars() if name.endswith(("neutral.py", "coverage.py"))}
