"""A condition of a prompt that compares with a word that never comes is refused: its branch would never be said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.files import StoreFiles, read_files
from backend.agents.problem import Problem
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
Told = Callable[[str], list[Problem]]


@pytest.fixture(scope="module")
def shipped() -> StoreFiles:
    return read_files(ROOT / "agent_store", ROOT / "prompt_store")


@pytest.fixture
def told(shipped: StoreFiles) -> Told:
    def check(words: str) -> list[Problem]:
        contents = shipped.contents()
        name = next(key for key in contents if key.endswith("general_info.jinja"))
        return check_store(shipped.changed({**contents, name: f"{contents[name]}\n{words}\n"}), tool_names()).problems

    return check


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("{% if channel == 'fone' %}x{% endif %}", "channel never is 'fone'; there are: text, voice"),
        ("{% if 'texxt' == channel %}x{% endif %}", "channel never is 'texxt'; did you mean 'text'?"),
        ("{% if channel != 'phone' %}x{% endif %}", "channel never is 'phone'"),
        ("{{ 'x' if channel | lower == 'VOICE' }}", "channel never is 'VOICE'; there are: text, voice"),
        ("{% if channel in ['voice', 'chat'] %}x{% endif %}", "channel never is 'chat'"),
        ("{% if channel not in ('sms',) %}x{% endif %}", "channel never is 'sms'"),
        ("{% if channel is eq 'sms' %}x{% endif %}", "channel never is 'sms'"),
        ("{% if channel is in ['sms'] %}x{% endif %}", "channel never is 'sms'"),
        ("{% if line.name == 'insurence' %}x{% endif %}", "line.name never is 'insurence'; did you mean 'insurance'?"),
        ("{% if line['name'] == 'insurence' %}x{% endif %}", "line.name never is 'insurence'"),
        ("{% if agent.name == 'auht' %}x{% endif %}", "agent.name never is 'auht'; did you mean 'auth'?"),
        ("{% if handoff.source == 'fnol' %}x{% endif %}", "handoff.source never is 'fnol'"),
        ("{% for one in agents if one.name == 'aut' %}x{% endfor %}", "agents.name never is 'aut'"),
        ("{% set way = channel %}{% if way == 'fone' %}x{% endif %}", "channel never is 'fone'"),
        ("{% if caller.known == 'yes' %}x{% endif %}", "caller.known never is 'yes'; it is true or false"),
        ("{% if line.timezone == 'America/Chigaco' %}x{% endif %}", "did you mean 'America/Chicago'?"),
    ],
)
def test_a_comparison_with_a_word_that_never_comes_is_refused(told: Told, words: str, says: str) -> None:
    (found,) = told(words)
    assert says in found.message and found.outdated, found.message
    assert found.file.endswith("general_info.jinja") and found.line > 1


@pytest.mark.parametrize(
    "words",
    [
        "{% if channel == 'voice' or channel in ['text', 'voice'] %}x{% endif %}",
        "{{ 'x' if channel | upper == 'TEXT' }}",
        "{% if line.name == 'insurance' and agent.name != 'auth' and handoff.source == '' %}x{% endif %}",
        "{% if caller.known == true %}x{% endif %}",
        "{% if 'Chicago' in line.timezone %}x{% endif %}",
        "{% if caller.first_name == 'Anybody' or today == 'whatever' %}x{% endif %}",
        "{% set channel = 'mine' %}{% if channel == 'mine' %}x{% endif %}",
        "{% for channel in ['a'] %}{{ channel == 'a' }}{% endfor %}",
        "{% for agent in agents if agent.name == 'auth' %}x{% endfor %}",
    ],
)
def test_a_comparison_that_can_hold_passes(told: Told, words: str) -> None:
    assert told(words) == []


def test_a_greeting_is_looked_at_too(shipped: StoreFiles) -> None:
    contents = shipped.contents()
    greeting = "greeting: \"{% if channel == 'fone' %}Hi{% else %}Hello{% endif %}\"\n"
    text = contents["agents/auth.yaml"]
    start = text.index("greeting:")
    changed = {**contents, "agents/auth.yaml": text[:start] + greeting + text[text.index("\n", start) + 1 :]}
    found = [str(one) for one in check_store(shipped.changed(changed), tool_names()).problems]
    assert any("auth.yaml" in one and "channel never is 'fone'" in one for one in found), found


def test_of_a_line_that_cannot_be_read_nothing_is_claimed(shipped: StoreFiles) -> None:
    contents = shipped.contents()
    prompt = next(key for key in contents if key.endswith("general_info.jinja"))
    contents |= {
        "lines/insurance.yaml": contents["lines/insurance.yaml"] + "\nno_such_key: 1\n",
        prompt: contents[prompt] + "{% if line.name == 'insurance2' %}x{% endif %}",
    }
    found = check_store(shipped.changed(contents), tool_names()).problems
    assert len(found) == 1 and "no_such_key" in found[0].message
