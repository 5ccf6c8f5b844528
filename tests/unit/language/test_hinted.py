"""Nothing that a pattern finds is without one of its hints: shown on the pattern as Python reads it, by branches."""

from collections.abc import Iterable
from re import _constants, _parser  # pyright: ignore[reportMissingModuleSource, reportAttributeAccessIssue, reportUnknownVariableType]
from types import ModuleType
from typing import Any, cast

import pytest

import backend.language.en.bereavement
import backend.language.en.despair
import backend.language.en.peril
import backend.language.es.bereavement
import backend.language.es.despair
import backend.language.es.peril
from backend.language.hinted import Hinted, Part, any_of, hinted, part

C, PARSER = cast(Any, _constants), cast(Any, _parser)
MODULES: tuple[ModuleType, ...] = (
    backend.language.en.bereavement,
    backend.language.en.despair,
    backend.language.en.peril,
    backend.language.es.bereavement,
    backend.language.es.despair,
    backend.language.es.peril,
)
HINTED = {
    f"{module.__name__}:{name}": one
    for module in MODULES
    for name, one in vars(module).items()
    if isinstance(one, Hinted | Part)
}


def covered(parsed: Iterable[tuple[Any, Any]], hints: tuple[str, ...], run: str = "") -> bool:
    """Does one of the hints stand in whatever this finds? ``run`` is the letters before it: Python takes those that
    branches have in common out of them."""
    for kind, value in parsed:
        if kind is C.LITERAL:
            run += chr(value)
            if any(hint in run for hint in hints):
                return True
        elif kind not in (C.AT, C.ASSERT, C.ASSERT_NOT):  # those take no letters
            before, run = run, ""
            if kind is C.SUBPATTERN and covered(value[3], hints, before):
                return True
            if kind is C.BRANCH and all(covered(branch, hints, before) for branch in value[1]):
                return True
            if kind in (C.MAX_REPEAT, C.MIN_REPEAT) and value[0] and covered(value[2], hints):
                return True
    return False


@pytest.mark.parametrize("name", HINTED)
def test_a_hint_stands_in_everything_that_is_found(name: str) -> None:
    one = HINTED[name]
    assert covered(PARSER.parse(one.pattern if isinstance(one, Part) else one.pattern.pattern), one.hints)


def test_there_are_such_patterns_and_a_hint_that_lacks_is_seen() -> None:
    assert len(HINTED) == 60
    assert covered(PARSER.parse(r"\b(?:very )?(?:chok|drown)ing\b(?! in)"), ("chok", "drown"))
    assert not covered(PARSER.parse(r"\b(?:very )?(?:chok|drown|bleed)ing\b"), ("chok", "drown"))
    assert not covered(PARSER.parse(r"(?:drown )?ing"), ("drown",))


def test_it_finds_what_the_pattern_finds_and_nothing_else() -> None:
    one = hinted(r"\bchok(?:es|ing)\b", "chok")
    found = one.search("she is choking")
    assert found is not None and found.group() == "choking"
    assert [found.group() for found in one.finditer("he chokes, she is choking")] == ["chokes", "choking"]
    assert one.search("all is well") is None
    assert not list(one.finditer("an artichoke"))


def test_parts_are_looked_for_at_one_go() -> None:
    one = any_of(part(r"\bchok(?:es|ing)\b", "chok"), part(r"\bdrown(?:s|ing)\b", "drown"))
    assert [found.group() for found in one.finditer("he chokes, she is drowning")] == ["chokes", "drowning"]
    assert one.hints == ("chok", "drown")
