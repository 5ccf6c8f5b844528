"""Prompts: strict, bounded, in a sandbox; what callers say never becomes template code."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backend.agents.prompts import PromptVariables, render
from backend.agents.sandbox import environment
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.errors import StoreError
from backend.testing.stage import agent_spec, line_spec

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))


def variables(**facts: object) -> PromptVariables:
    session = CallSession(call_id="c", line="test", active_agent="helper", facts=dict(facts))
    session.subject = Subject("POL-1", "Michael O'Brien", {"policy_id": "POL-1"})
    return PromptVariables.of(session=session, line=line_spec(), agent=agent_spec(), now=NOON)


def rendered(text: str, **facts: object) -> str:
    return render(environment({}), text, variables(**facts), inline=True)


def test_names_are_spoken_not_escaped() -> None:
    assert rendered("Hello {{ caller.full_name }}, it is {{ today }}.") == (
        "Hello Michael O'Brien, it is Saturday, November 21, 2026."
    )


def test_facts_are_data_never_code() -> None:
    assert (
        rendered("{{ facts.note }}", note="{{ 7 * 7 }}{% for x in range(9) %}") == "{{ 7 * 7 }}{% for x in range(9) %}"
    )


def test_hidden_facts_stay_hidden() -> None:
    with pytest.raises(StoreError):
        rendered("{{ facts._identity }}", _identity="secret")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ caller.__init__ }}",
        "{{ ().__class__.__bases__[0].__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__ }}",
        "{{ joiner }}",
        "{{ namespace() }}",
        "{% set x = [] %}{{ x.append(1) }}",
        "{{ facts.update({'a': 1}) }}",
        "{% for a in range(100000000) %}x{% endfor %}",
        "{{ 'x' * 100000000 }}",
        "{{ 9 ** 9999999 }}",
        "{{ undefined_thing }}",
        "{{ caller.nothing }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ '%1000000000s' | format(1) }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{% for a in range(2000) %}{% for b in range(2000) %}{{ today }}{% endfor %}{% endfor %}",
        "{{ 1 / 0 }}",
        "{% for a in range(2000) %}" * 3 + "{% endfor %}" * 3,
        "{% set ns = range(1000) | list %}{% for a in ns %}{% for b in ns %}{% set x = 1 %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in [[[[]]]] recursive %}{{ loop([a]) }}{{ loop([a]) }}{% endfor %}",
        "{% set a = today ~ today %}" + "{% set a = a ~ a %}" * 40,
        "{% set a = today + today %}" + "{% set a = a + a %}" * 40,
        "{% set a = [1, 2] %}" + "{% set a = a + a %}" * 40,
        "{% set a = 99 %}" + "{% set a = a * a %}" * 40,
        "{{ 'x'.ljust(1000000000) }}",
        "{{ 'x'.zfill(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ ('x' | string).join(range(10)) }}",
        "{{ [1] | batch(1000000000, 'x') | list }}",
        "{{ range(2000) | join('x' ~ today ~ today ~ today ~ today) }}",
        "{% set a = range(2000) | join %}{{ a | replace('1', a) }}",
        "{{ (1).to_bytes(1000000000) }}",
        "{% raw %}{% endraw %}{{ today.x.y }}",
    ],
)
def test_attacks_are_refused(attack: str) -> None:
    with pytest.raises(StoreError):
        rendered(attack)
