"""What the fields of a class are for: the docstrings behind them, read from its source when somebody asks.

Pydantic would read them for every class at each start (``use_attribute_docstrings``), which takes a quarter of the time
of `ringmaster check`; but only the schemas for editors, the reference pages and ``.env.example`` show them.
"""

import ast
import inspect
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

__all__ = ["docstrings_of"]


def docstrings_of(cls: type) -> Mapping[str, str]:
    """The docstring of each field by its name, those of base classes too; nothing of a class without source."""
    found: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        found |= _classes(one.__module__).get(one.__qualname__, {})
    return found


@lru_cache(maxsize=256)
def _classes(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of each class of a module, by its qualified name; a class in a function has none."""
    loaded = sys.modules.get(module)
    try:
        tree = ast.parse(inspect.getsource(loaded)) if loaded else None
    except (OSError, TypeError):  # built in, or typed at a prompt
        tree = None
    return dict(_in(tree.body, "")) if tree else {}


def _in(body: Sequence[ast.stmt], within: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            name = f"{within}{statement.name}"
            yield name, _fields(statement.body)
            yield from _in(statement.body, f"{name}.")


def _fields(body: Sequence[ast.stmt]) -> Mapping[str, str]:
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
