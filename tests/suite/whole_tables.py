"""Tables in one piece: of a function and its rows of values one test is collected, which plays all of them.

Two of three tests are rows, and around each pytest makes an item, looks up its marks, sets it up, and reports it
through a pipe: twice what most rows take themselves. Here a table is set up once. Each row is still a test to whoever
reads of it: it has a name, a seed, a limit of time and a result of its own, all are counted, and one that fails holds
back none that comes after it.

Only the workers of ``--crew`` play so. Whoever runs a test by its name, and the second pass of what has failed, has
the rows as pytest makes them.
"""

import random
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any

import pytest
from _pytest.python import CallSpec, DirectParamFixtureDef, Metafunc

__all__ = ["Table", "Tables", "asks_only_for_what_is_shared", "called_by_itself", "names_of", "rows_of"]

_PLAIN_MARKS = {"parametrize", "usefixtures", "timeout", "filterwarnings", "no_cover"}
"""What is marked otherwise may be skipped, expected to fail, or run in a way of its own."""


@dataclass(frozen=True)
class Table(CallSpec):
    """Values of a test that is a whole table: those of its first row, as far as pytest sees."""

    rows: Sequence[CallSpec] = ()


class Tables:
    """A plugin that makes one test of each function whose rows ask for nothing but their values and what is shared."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_generate_tests(self, metafunc: Metafunc) -> Generator[None, object, object]:
        """Once all have said what values there are."""
        result = yield
        rows = metafunc._calls
        if len(rows) > 1 and _is_table(metafunc):
            if metafunc.config.getoption("randomly_reorganize", False):
                # As single tests would be: no row may lean on the one before it.
                random.Random(metafunc.config.getoption("randomly_seed")).shuffle(rows)
            first = rows[0]
            metafunc._calls = [
                Table(first.params, first.indices, first._arg2scope, (f"{len(rows)} rows",), [], rows)  # type: ignore[list-item]
            ]
        return result


def _is_table(metafunc: Metafunc) -> bool:
    if iscoroutinefunction(metafunc.function) or hasattr(metafunc.function, "hypothesis"):
        return False
    if any(row.marks for row in metafunc._calls):
        return False
    given = metafunc._params_directness
    return all(how == "direct" for how in given.values()) and asks_only_for_what_is_shared(metafunc.definition)


def asks_only_for_what_is_shared(item: pytest.Item) -> bool:
    """Besides the values of its row; and is it marked as nothing that is played in another way?"""
    if any(mark.name not in _PLAIN_MARKS for mark in item.iter_markers()):
        return False
    asked: Any = item._fixtureinfo  # type: ignore[attr-defined]
    if "request" in asked.argnames:
        return False
    return all(name == "request" or _is_shared(asked.name2fixturedefs.get(name)) for name in asked.names_closure)


def _is_shared(definitions: Any) -> bool:
    """Is it a value of the row, or what more than one test has?"""
    if not definitions:
        return False
    return isinstance(definitions[-1], DirectParamFixtureDef) or definitions[-1].scope != "function"


def rows_of(item: pytest.Item) -> Sequence[CallSpec]:
    """The rows of a test that is a table; none of any other."""
    values: Any = getattr(item, "callspec", None)
    return values.rows if isinstance(values, Table) else ()


def called_by_itself(item: pytest.Function, row: CallSpec) -> tuple[str, str]:
    """The id and the name of a row where it is a test by itself."""
    name = f"{item.originalname}[{row.id}]"
    return f"{item.nodeid.removesuffix(item.name)}{name}", name


def names_of(item: pytest.Item) -> Sequence[str]:
    """The ids of all the tests that this is, to whoever counts rows."""
    return [called_by_itself(item, row)[0] for row in rows_of(item)] or [item.nodeid]  # type: ignore[arg-type]
