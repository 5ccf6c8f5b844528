# ruff: noqa: E501 - an attack is read more easily in one line
"""What a template builds is bounded by construction: no way of doubling a text or a list takes the memory."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError

from backend.agents import budget
from backend.agents.budget import bounded
from backend.agents.files import StoreFiles
from backend.agents.sandbox import environment
from backend.agents.store import build_store
from backend.domain.tool import ToolNames
from backend.errors import StoreError


class SmallProcess:
    """A process with little memory that renders."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("small_memory.py"))],
            env=os.environ | {"PYTHONPATH": os.environ.get("RENDER_WITH") or os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def render(self, template: str) -> dict:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(template) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the process died of {template[:2000]!r}"
        return json.loads(answer)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def small() -> Iterator[SmallProcess]:
    process = SmallProcess()
    yield process
    process.close()


def doublings(start: str, step: str, times: int = 26) -> str:
    """``step`` has ``{old}`` and ``{new}``."""
    steps = (step.format(old=f"v{n}", new=f"v{n + 1}") for n in range(times))
    return start + "".join(steps) + f"{{{{ v{times} }}}}"


SET = "{% set v0 = result.text %}"
LISTS = "{% set v0 = [1, 2] %}"
ATTACKS = {
    "set with a body": doublings(SET, "{{% set {new} %}}{{{{ {old} }}}}{{{{ {old} }}}}{{% endset %}}"),
    "joined": doublings(SET, "{{% set {new} = {old} ~ {old} %}}"),
    "added": doublings(SET, "{{% set {new} = {old} + {old} %}}"),
    "macro": doublings(SET, "{{% macro m{new}(x) %}}{{{{ x }}}}{{{{ x }}}}{{% endmacro %}}{{% set {new} = m{new}({old}) %}}"),
    "filter block": doublings(SET, "{{% set {new} %}}{{% filter upper %}}{{{{ {old} }}}}{{{{ {old} }}}}{{% endfilter %}}{{% endset %}}"),
    "call block": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + doublings(SET, "{{% set {new} %}}{{% call m() %}}{{{{ {old} }}}}{{% endcall %}}{{% endset %}}"),
    "spoken_digits": doublings(SET, "{{% set {new} = {old} | spoken_digits %}}"),
    "spoken_digits, constant": "{{ 'abcd' " + "| spoken_digits " * 26 + "}}",
    "spoken_list": doublings(SET, "{{% set {new} = [{old}, {old}] | spoken_list %}}"),
    "spoken_list of a default": doublings(SET, "{{% set {new} = range(200) | map(attribute='x', default={old}) | spoken_list %}}", 6),
    "join of a default": doublings(SET, "{{% set {new} = range(200) | map(attribute='x', default={old}) | join %}}", 6),
    "list of a default": doublings(SET, "{{% set {new} = range(2000) | map(attribute='x', default={old}) | list %}}", 6),
    "list as a text": doublings(LISTS, "{{% set {new} = [{old}, {old}] %}}", 30),
    "tuple as a text": doublings(LISTS, "{{% set {new} = ({old}, {old}) | string %}}", 30),
    "tuples": doublings(LISTS, "{{% set {new} = ({old}, {old}) %}}", 40),
    "dicts": doublings(LISTS, "{{% set {new} = {{'a': {old}, 'b': {old}}} %}}", 40),
    "views of dicts": doublings(LISTS, "{{% set {new} = {{'a': {old}, 'b': {old}}}.items() %}}", 40),
    "lists added": doublings(LISTS, "{{% set {new} = {old} + {old} %}}", 40),
    "lists summed": doublings(LISTS, "{{% set {new} = [{old}, {old}] | sum(start=[]) %}}", 40),
    "text as a list": SET + "{% set a = result.text * 1 if false else result.text %}" + doublings("{% set v0 = a | list %}", "{{% set {new} = [{old}, {old}] %}}", 30),
    "compared": doublings("{% set v0 = [1] %}{% set w0 = [1] %}", "{{% set {new} = [{old}, {old}] %}}{{% set w{new} = [{old}, {old}] %}}", 40),
    "arguments kept": "{% macro m(n) %}{% if n %}{{ m(n - 1, varargs, varargs) }}{% else %}{{ varargs }}{% endif %}{% endmacro %}{{ m(60, [1], [1]) }}",
    "copies": SET + "{% set b %}" + "{{ v0 }}" * 300 + "{% endset %}" + "".join(f"{{% set c{n} = b[1:] %}}" for n in range(2500)),
    "upper copies": SET + "{% set b %}" + "{{ v0 }}" * 300 + "{% endset %}" + "".join(f"{{% set c{n} = b.lower() %}}" for n in range(2500)),
    "words of a loop": "{% set a %}{% for i in range(2000) %}{% for j in range(4) %}" + "{% if 1 %}a{% endif %}" * 2500 + "{% endfor %}{% endfor %}{% endset %}",
    "rounded": "{{ 1 | round(400000000, 'ceil') }}",
    "recursive loop": "{% for a in [[1, 2], [3]] recursive %}{{ loop([[1, 2], [3]]) }}{{ loop([[1, 2], [3]]) }}{% endfor %}",
    "joined with a text": SET + "{{ range(2000) | join(result.text) }}",
    "replaced": doublings(SET, "{{% set {new} = {old} | replace('w', {old}) %}}", 6),
    "truncated": doublings(SET, "{{% set {new} = {old} | truncate(5, True, {old} ~ {old}) %}}"),
    "escaped": "{% autoescape true %}" + doublings(SET, "{{% set {new} %}}<{{{{ {old} }}}}{{% endset %}}") + "{% endautoescape %}",
    "safe": doublings("{% set v0 = '<<<<' | safe %}", "{{% set {new} = {old} + '<' * 1 + {old} %}}"),
    "grouped": doublings(LISTS, "{{% set {new} = [{old}, {old}] | groupby(0) %}}", 40),
    "nested": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "dotted": "{{ result" + ".text" * 8000 + " }}",
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_no_way_of_doubling_gets_through(small: SmallProcess, attack: str) -> None:
    answer = small.render(attack)
    assert answer["ended"] not in {"rendered", "out of memory"}, answer
    assert answer["mb"] < 64


# -- random ones ------------------------------------------------------------------------------

_NAMES = st.sampled_from([f"v{n}" for n in range(5)])
_LEAVES = st.one_of(
    _NAMES,
    st.sampled_from(
        ["result.text", "result.items", "arguments.list", "arguments", "'ab'", "7", "range(40)", "range(2000)"]
    ),
)
_FILTERS = [
    "spoken_digits", "spoken_list", "join", "join(v0)", "list", "string", "upper", "title", "length", "sort", "sum",
    "sum(start=[])", "map('string')", "map('spoken_digits')", "map('list')", "map(attribute='x', default=v0)",
    "replace('a', v0)", "truncate(9, True, v0)", "batch(3)", "groupby(0)", "unique", "reverse", "dictsort", "round(99)",
    "first", "last", "default(v0)", "trim", "striptags", "wordcount", "int", "select", "center(90000)", "items", "safe",
    "format(v0, v1)", "indent(80000)", "tojson", "pprint", "xmlattr", "urlize", "escape",
]  # fmt: skip


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from(["~", "+", "*", "**", "==", "in", "-", "%"]), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(_FILTERS)).map(lambda p: f"({p[0]} | {p[1]})"),
        st.lists(inner, min_size=1, max_size=4).map(lambda p: f"[{', '.join(p)}]"),
        st.lists(inner, min_size=2, max_size=3).map(lambda p: f"({', '.join(p)})"),
        st.tuples(inner, inner).map(lambda p: f"{{'a': {p[0]}, 'b': {p[1]}}}"),
        st.tuples(inner, st.sampled_from(["[1:]", "[::2]", "[0]", ".split()", ".upper()", ".items()"])).map("".join),
        st.tuples(_NAMES, inner).map(lambda p: f"m({p[0]}, {p[1]})"),
    )  # fmt: skip


_EXPRESSIONS = st.recursive(_LEAVES, _deeper, max_leaves=6)


def _statements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=4).map("".join)
    return st.one_of(
        st.tuples(_NAMES, body).map(lambda p: f"{{% set {p[0]} %}}{p[1]}{{% endset %}}"),
        st.tuples(_EXPRESSIONS, body).map(lambda p: f"{{% for v1 in {p[0]} %}}{p[1]}{{% endfor %}}"),
        body.map(lambda p: f"{{% filter upper %}}{p}{{% endfilter %}}"),
        body.map(lambda p: f"{{% call m(v0, v1) %}}{p}{{% endcall %}}"),
        st.tuples(_EXPRESSIONS, body).map(lambda p: f"{{% if {p[0]} %}}{p[1]}{{% endif %}}"),
        body.map(lambda p: f"{{% macro m(v0, v2) %}}{p}{{{{ varargs }}}}{{% endmacro %}}"),
    )  # fmt: skip


_PIECES = st.recursive(
    st.one_of(
        _EXPRESSIONS.map(lambda e: f"{{{{ {e} }}}}"),
        st.tuples(_NAMES, _EXPRESSIONS).map(lambda p: f"{{% set {p[0]} = {p[1]} %}}"),
        st.just("words "),
    ),
    _statements,
    max_leaves=12,
)
_START = "{% macro m(v0, v2) %}{{ v0 }}{{ v2 }}{% endmacro %}" + "".join(
    f"{{% set v{n} = 'x' ~ {n} %}}" for n in range(5)
)


@settings(max_examples=int(os.environ.get("FUZZ_EXAMPLES", "60")), deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join), st.integers(1, 12))
def test_random_templates_stay_within_their_memory(small: SmallProcess, pieces: str, times: int) -> None:
    """The same pieces many times over, so that whatever grows has grown."""
    answer = small.render(_START + (pieces * times)[:16_000])
    assert answer["ended"] != "out of memory"
    assert answer["mb"] < 64


# -- the check -------------------------------------------------------------------------------


def test_the_check_refuses_them_and_says_where() -> None:
    agent = b"name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
    line = (
        b'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
        b'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
    )
    files = StoreFiles(
        {"agent_store/agents/one.yaml": agent},
        {"agent_store/lines/main.yaml": line},
        prompts={"one.jinja": "You help.\n" + ATTACKS["set with a body"].replace("result.text", "agent.description")},
    )
    with pytest.raises(StoreError, match=r"prompt_store/one.jinja:2: .* grows beyond 65536 characters"):
        build_store(files, ToolNames({"end_call": frozenset({"end_call"}), "transfer_to_person": frozenset()}))


def test_partials_in_partials_are_counted() -> None:
    """Twenty-six prompts, each of which includes the next one twice, and the last of which is nothing."""

    prompts = {f"p{n}.jinja": f"{{% include 'p{n + 1}.jinja' %}}" * 2 for n in range(26)} | {"p26.jinja": ""}
    with bounded(), pytest.raises(Exception, match="more than"):
        environment(prompts).get_template("p0.jinja").render({})


def test_a_full_collection_in_the_middle_is_not_the_templates_work(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 1.0, 1.1, 2.0])
    monkeypatch.setattr(budget.time, "thread_time", lambda: next(clock))
    with bounded():
        gc.collect()
        budget.step()
        budget.step()
        with pytest.raises(TemplateError, match=r"more than 0\.25 seconds"):
            budget.step()
