"""The sandbox that templates run in: strict about names, bounded in steps, time and size (``budget``)."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from types import CodeType
from typing import Any, cast

from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
    pass_environment,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.filters import FILTERS as JINJAS
from jinja2.filters import do_round, make_attrgetter
from jinja2.loaders import FunctionLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.budget import LARGEST, MOST_SECONDS, MOST_STEPS, bounded, counted, measured, spent, step, taken
from backend.agents.filters import FILTERS
from backend.agents.sandbox_parser import COUNTED, JOINED, SPENT, MeasuringParser

__all__ = ["LARGEST", "MOST_SECONDS", "MOST_STEPS", "bounded", "environment", "forget_compiled", "tree_of"]

_LONGEST_LIST = 2000
_LARGEST_NUMBER = 10**15
_MOST_DIGITS = 15
_ENDLESS = re.compile(r"[0-9][0-9_]{4299,}")
"""A number of more digits than Python reads."""
_KEPT = 1024

_BUILDERS = (
    "batch center e escape filesizeformat forceescape format indent pprint slice tojson urlencode urlize wordwrap "
    "xmlattr"
).split()
"""Filters that build texts of any size from small ones, or words for pages instead of the ear."""

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        "capitalize casefold count endswith find isalpha isdigit lower lstrip removeprefix removesuffix rstrip "
        "split splitlines startswith strip swapcase title upper".split()
    ),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    int: frozenset(),
    float: frozenset({"is_integer"}),
}
"""What templates may call on values; nothing of it builds more than it was given."""


def _joined(values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
    texts = [str(value if attribute is None else value[attribute]) for value in values]
    measured(sum(map(len, texts)) + len(str(between)) * len(texts))
    return str(between).join(texts)


def _replaced(text: object, old: str, new: str) -> str:
    words = str(text)
    measured(len(words) + words.count(old) * len(new))
    return words.replace(old, new)


def _few(*bounds: int) -> range:
    steps = range(*bounds)
    if len(steps) > _LONGEST_LIST:
        raise TemplateError(f"range({len(steps)}) is too long for a prompt")
    return steps


@pass_environment
def _summed(environment: Environment, values: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
    of = make_attrgetter(environment, attribute) if attribute is not None else _as_it_is
    found = [start, *map(of, values)]
    if not all(isinstance(value, int | float) for value in found):
        raise TemplateError("only numbers are summed")
    return sum(found)


def _rounded(value: float, precision: int = 0, method: Any = "common") -> float:
    if abs(precision) > _MOST_DIGITS:
        raise TemplateError(f"a number is rounded to {_MOST_DIGITS} digits at most")
    return do_round(value, precision, method)


def _as_it_is(value: Any) -> Any:
    return value


def _measuring(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is given nothing endless, and whose result is measured."""

    @wraps(function)
    def measuring(*args: Any, **kwargs: Any) -> Any:
        given = {name: taken(value) for name, value in kwargs.items()}
        return spent(function(*map(taken, args), **given))

    return measuring


@pass_context
def _piece(context: object, value: Any) -> Any:
    """What a template puts into its text. That it asks for the context keeps it from being worked out beforehand."""
    if isinstance(value, Undefined):
        return value  # says by itself what is not there
    return spent(value if type(value) is str else str(spent(value)))


def _concat(pieces: Iterable[str]) -> str:
    """The text of a macro, a block, or a ``set`` with a body."""
    texts = list(pieces)
    measured(sum(map(len, texts)))
    return spent("".join(texts))


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute with an underscore, no endless range, no methods that build huge texts."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})
    concat = staticmethod(_concat)  # pyright: ignore[reportAssignmentType]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = _TREES.pop(source, None)
        return tree or MeasuringParser(self, source, name, filename).parse()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        allowed = next((names for kind, names in _METHODS.items() if isinstance(obj, kind)), None)
        return (allowed is None or attr in allowed) and super().is_safe_attribute(obj, attr, value)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        step()
        spent((args, kwargs))  # a macro may put them together into lists of its own
        return spent(super().call(context, obj, *args, **kwargs))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        step()
        return super().get_template(name, parent, globals)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" and not numbers:
            if isinstance(left, str) or isinstance(right, str):
                measured(sum(len(side) for side in (left, right) if isinstance(side, str)))
        elif operator == "**" or not numbers:
            raise TemplateError(f"the operator {operator} is not for prompts")
        result = super().call_binop(context, operator, left, right)
        if numbers and abs(result) > _LARGEST_NUMBER:
            raise TemplateError("a number is too large for a prompt")
        return spent(result)


_TREES: dict[str, nodes.Template] = {}
"""Templates that were read and not compiled yet. Compiling changes a tree, so that each is used for it once."""


def tree_of(text: str) -> nodes.Template:
    """The tree of a template, not to be changed; the next to compile that template need not read it again.

    Raises:
        TemplateSyntaxError: it is not a template.
        RecursionError: it is nested too deeply.
    """
    try:
        tree = _reader().parse(text)
    except ValueError as error:  # of Python's own reader of numbers
        line = text.count("\n", 0, found.start()) + 1 if (found := _ENDLESS.search(text)) else 1
        raise TemplateSyntaxError("a number has too many digits", line) from error
    while len(_TREES) >= _KEPT:
        _TREES.pop(next(iter(_TREES)), None)
    return _TREES.setdefault(text, tree)


class _Compiled(BytecodeCache):
    """Templates that were compiled once: a store that is read again costs only what has changed in it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], CodeType] = OrderedDict()

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        self._kept.clear()


_COMPILED = _Compiled()


def forget_compiled() -> None:
    """Forget every template that was read or compiled, as a process that starts; for benchmarks."""
    _TREES.clear()
    _COMPILED.clear()


def environment(sources: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """A sandbox that knows these templates (name to text) and nothing else."""
    texts = dict(sources)

    def load(name: str) -> tuple[str, str, None] | None:
        return (texts[name], name, None) if name in texts else None

    sandbox = _Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=False,  # spoken text is no HTML: O'Brien stays O'Brien
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        optimized=False,  # or filters would run on constants before anybody counts
        finalize=_piece,
    )
    sandbox.globals.clear()
    sandbox.globals["range"] = _few  # pyright: ignore[reportArgumentType]
    sandbox.filters = dict(_filters())
    return sandbox


@cache
def _reader() -> ImmutableSandboxedEnvironment:
    """What templates are read with, which is the same for all."""
    return environment({})


@cache
def _filters() -> Mapping[str, Callable[..., Any]]:
    """What templates may put values through; all but the one that counts measure what they make."""
    filters = cast("dict[str, Any]", dict(JINJAS))
    for name in _BUILDERS:
        filters.pop(name, None)
    filters.update(FILTERS)
    filters.update({"join": _joined, "replace": _replaced, "round": _rounded, "sum": _summed, "safe": _as_it_is})
    filters.update({JOINED: _joined, SPENT: _as_it_is})
    return {name: _measuring(function) for name, function in filters.items()} | {COUNTED: counted}
