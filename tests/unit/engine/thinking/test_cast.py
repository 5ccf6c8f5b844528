"""A prompt is rendered anew when what it may tell has changed, wherever it changed, and only then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.agents.files import StoreFiles
from backend.agents.store import AgentStore, build_store
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.engine.thinking.cast import Cast
from backend.tool_store.built_in_tools import tool_names

AGENT = (
    "name: {0}\ndescription: takes calls\nprompt: {0}.jinja\nvariables: {{level: gold}}\ngreeting: Hello.\n"
    "tools: [end_call]\nhandoffs: [{{to: {1}, when: something else in mind}}]\n"
)
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk, other]\ntimezone: UTC\n'
    'person: {number: "+18005550199"}\n'
)
TOLD = "{{ now }} {{ caller.full_name }} {{ vars.level }} {{ facts.car | default({}) }} {{ handoff.summary }}"
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


class Scene:
    """A call whose prompts are counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        files = StoreFiles(
            agents={
                f"agent_store/agents/{name}.yaml": AGENT.format(name, other).encode()
                for name, other in (("desk", "other"), ("other", "desk"))
            },
            lines={"agent_store/lines/main.yaml": LINE.encode()},
            prompts={"desk.jinja": TOLD, "other.jinja": "The other one."},
        )
        store = build_store(files, tool_names())
        self.session = CallSession(call_id="c1", line="main", active_agent="desk")
        self.now, self.rendered = NOON, 0
        self.cast = Cast(self.session, store.lines["main"], store, lambda: self.now, "voice", "0")
        plainly = AgentStore.render_prompt

        def counted(*args: Any) -> str:
            self.rendered += 1
            return plainly(*args)

        monkeypatch.setattr(AgentStore, "render_prompt", counted)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def verify(self) -> None:
        self.session.subject = Subject("1", "Karen Miller")


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(monkeypatch)


CHANGES: dict[str, tuple[Callable[[Scene], Any], str]] = {
    "the minute": (lambda scene: scene.later(60), "12:01 PM"),
    "who they are": (lambda scene: scene.verify(), "Karen Miller"),
    "a fact in a fact": (lambda scene: scene.session.facts["car"]["doors"].append(5), "[3, 5]"),
    "a hand-off": (lambda scene: scene.session.facts.update(handoff={"summary": "a wreck"}), "a wreck"),
    "a variable": (lambda scene: scene.session.variables.update(level="silver"), "silver"),
    "the agent": (lambda scene: setattr(scene.session, "active_agent", "other"), "The other one."),
    "that they are called back": (
        lambda scene: scene.session.facts.update(_called_back={"call": "c0", "form": "", "asked": True}),
        "the caller is called back",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told_at_once(scene: Scene, change: str) -> None:
    apply, told = CHANGES[change]
    scene.session.facts["car"] = {"doors": [3]}
    assert told not in scene.cast.prompt()
    apply(scene)
    assert told in scene.cast.prompt()


def test_nothing_that_it_may_not_tell_has_it_rendered_again(scene: Scene) -> None:
    scene.session.facts["car"] = {"doors": [3]}
    first = scene.cast.prompt()
    scene.session.facts["_aside"] = {"turn": 3}
    scene.later(59)
    assert scene.cast.prompt() is first
    assert scene.rendered == 1


def test_facts_that_cannot_be_compared_are_told_as_they_are(scene: Scene) -> None:
    scene.session.facts["car"] = made = [object()]
    scene.cast.prompt()
    made.append("a red one")  # pyright: ignore[reportArgumentType]
    assert "a red one" in scene.cast.prompt()
