"""The sandbox that templates run in: strict about names, bounded in steps, time and size.

Whoever edits a prompt may write a loop in a loop in a loop, or a text that doubles itself forty times. Both would
stop every call of the worker, so that each step of a template is counted and every text that it builds is measured.
"""

import time
from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import CodeType
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.loaders import FunctionLoader
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.filters import FILTERS

__all__ = ["LARGEST", "MOST_SECONDS", "MOST_STEPS", "bounded", "environment", "forget_compiled", "tree_of"]

LARGEST = 64 * 1024
"""Characters of a template, and of the text that comes of it."""
_LONGEST_LIST = 2000
MOST_STEPS = 10_000
"""Turns of loops and calls of one rendering."""
MOST_SECONDS = 0.25
"""Time of one rendering."""
_LARGEST_NUMBER = 10**15
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


class _Budget:
    """What one rendering may still do."""

    def __init__(self) -> None:
        self._steps = 0
        self._until = time.thread_time() + MOST_SECONDS  # work, not waiting: a busy machine breaks no prompt

    def step(self) -> None:
        """One more turn of a loop, or one more call."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TemplateError(f"it takes more than {MOST_STEPS} steps")
        if time.thread_time() > self._until:
            raise TemplateError(f"it takes more than {MOST_SECONDS} seconds")


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def bounded() -> Generator[None]:
    """Give what is rendered within a budget of its own."""
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


def _step() -> None:
    budget = _budget.get()
    if budget is not None:
        budget.step()


def _counted(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        _step()
        yield value


def _measured(length: int) -> None:
    if length > LARGEST:
        raise TemplateError(f"a text grows beyond {LARGEST} characters")


def _joined(values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
    texts = [str(value if attribute is None else value[attribute]) for value in values]
    _measured(sum(map(len, texts)) + len(str(between)) * len(texts))
    return str(between).join(texts)


def _replaced(text: object, old: str, new: str) -> str:
    words = str(text)
    _measured(len(words) + words.count(old) * len(new))
    return words.replace(old, new)


def _few(*bounds: int) -> range:
    steps = range(*bounds)
    if len(steps) > _LONGEST_LIST:
        raise TemplateError(f"range({len(steps)}) is too long for a prompt")
    return steps


class _Parser(Parser):
    """Has every loop counted and every joining of texts measured."""

    def parse_for(self) -> nodes.For:
        node = super().parse_for()
        node.iter = _filtered(cast("nodes.Expr", node.iter), "counted_")
        return node

    def parse_concat(self) -> nodes.Expr:
        node = super().parse_concat()
        if not isinstance(node, nodes.Concat):
            return node
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "joined_")


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute with an underscore, no endless range, no methods that build huge texts."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = _TREES.pop(source, None)
        return tree or _Parser(self, source, name, filename).parse()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        allowed = next((names for kind, names in _METHODS.items() if isinstance(obj, kind)), None)
        return (allowed is None or attr in allowed) and super().is_safe_attribute(obj, attr, value)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        _step()
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" and not numbers:
            _measured(sum(len(side) for side in (left, right) if isinstance(side, str | list | tuple)))
        elif operator == "**" or not numbers:
            raise TemplateError(f"the operator {operator} is not for prompts")
        result = super().call_binop(context, operator, left, right)
        if numbers and abs(result) > _LARGEST_NUMBER:
            raise TemplateError("a number is too large for a prompt")
        return result


_TREES: dict[str, nodes.Template] = {}
"""Templates that were read and not compiled yet. Compiling changes a tree, so that each is used for it once."""


def tree_of(text: str) -> nodes.Template:
    """The tree of a template, not to be changed; the next to compile that template need not read it again.

    Raises:
        TemplateSyntaxError: it is not a template.
        RecursionError: it is nested too deeply.
    """
    tree = environment({}).parse(text)
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
    )
    sandbox.globals.clear()
    sandbox.globals["range"] = _few  # pyright: ignore[reportArgumentType]
    filters = cast("dict[str, Any]", sandbox.filters)
    for name in _BUILDERS:
        filters.pop(name, None)
    filters.update(FILTERS)
    filters.update({"counted_": _counted, "joined_": _joined, "join": _joined, "replace": _replaced})
    return sandbox
