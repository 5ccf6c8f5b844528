"""Callers go from agent to agent: greeted once, never asked again, and never sent in circles."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shipped_store import shipped_store

from backend.agents.store import AgentStore, load_store
from backend.domain.agent import VoiceSpec
from backend.domain.model import ModelRequest
from backend.domain.session import AgentSaid, HandedOver, ToolAnswered
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from backend.testing.model import Reply, ScriptedModel

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0)
WHO = "my name is john smith, 60601, 4821"
JOHN = {"full_name": "John Smith", "zip_code": "60601", "last4": "4821"}

AGENTS = {
    "desk": """
greeting: Welcome to the house.
return_greeting: Here is the desk again.
handoffs:
  - {to: claims, when: a claim, style: announced}
  - {to: rates, when: a question about rates, style: silent}
""",
    "claims": """
greeting: "Claims speaking. I was told: {{ handoff.summary }}"
return_greeting: "Back to your claim{{ ', ' ~ caller.first_name if caller.known }}."
handoffs:
  - {to: rates, when: a question about rates, style: silent}
  - {to: desk, when: anything else, style: announced}
""",
    "rates": """
greeting: Rates speaking.
handoffs:
  - {to: claims, when: a claim, style: announced}
  - {to: desk, when: anything else, style: silent}
""",
}
PROMPT = "You are {{ agent.name }}. Known: {{ caller.full_name }}. From {{ handoff.source }}: {{ handoff.summary }}"


def written(root: Path) -> AgentStore:
    """Three agents who hand over to each other."""
    for name, text in AGENTS.items():
        tools = "tools: [verify_caller, transfer_to_person, end_call]\n"
        for folder, suffix, content in (
            (
                "agent_store/agents",
                "yaml",
                f"name: {name}\ndescription: does {name}\nprompt: {name}.jinja\n{tools}{text}",
            ),
            ("prompt_store", "jinja", PROMPT),
        ):
            (root / folder).mkdir(parents=True, exist_ok=True)
            (root / folder / f"{name}.{suffix}").write_text(content)
    (root / "agent_store/lines").mkdir()
    (root / "agent_store/lines/main.yaml").write_text(
        'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk, claims, rates]\n'
        'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
    )
    for part in ("identities", "books"):
        shutil.copytree(ROOT / "agent_store" / part, root / "agent_store" / part)
    return load_store(root / "agent_store", root / "prompt_store", memory_tools().names)


def to(agent: str, reason: str = "") -> Reply:
    return Reply(calls={f"hand_off_to_{agent}": {"reason": reason}})


async def played(
    tmp_path: Path, turns: list[list[str | Reply]], first: str = "words 0"
) -> tuple[RehearsedCall, list[list[str]], ScriptedModel]:
    """One turn of the caller for each list of what the model says in it; gives what he hears in each."""
    model = ScriptedModel([reply for replies in turns for reply in replies])
    store = written(tmp_path)
    room = RehearsedCall(
        RehearsalParts(store, model, MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")),
        store.lines["main"],
        NOON,
    )
    room.open()
    heard = [room.said()]
    for number in range(len(turns)):
        since = len(room.history)
        await room.say(f"words {number}" if number else first)
        heard.append(room.said(since))
    return room, heard, model


def prompt(request: ModelRequest) -> str:
    return request.messages[0].content


async def test_an_announced_hand_off_greets_and_a_silent_one_goes_on(tmp_path: Path) -> None:
    _, heard, _ = await played(tmp_path, [[to("claims", "a dent")], [to("rates"), "Ten dollars a month."]])
    assert heard == [
        ["Welcome to the house."],
        ["Claims speaking. I was told: a dent"],
        ["Ten dollars a month."],
    ]


async def test_another_voice_is_announced_in_the_one_before(tmp_path: Path) -> None:
    """And what the next agent asks first, it asks from what is known."""
    store = written(tmp_path)
    announced = (
        store.agents["desk"].handoffs[0].model_copy(update={"announcement": "{{ agent.name }} says: a colleague."})
    )
    desk = store.agents["desk"].model_copy(update={"handoffs": (announced,)})
    voice = VoiceSpec(name="en-US-AndrewMultilingualNeural")
    changes = {"voice": voice, "opening_tool": "verify_caller", "questions": "tool"}
    claims = store.agents["claims"].model_copy(update=changes)
    store = replace(store, agents={**store.agents, "desk": desk, "claims": claims})
    model = ScriptedModel([to("claims", "a dent")])
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    room = RehearsedCall(RehearsalParts(store, model, policies), store.lines["main"], NOON)
    room.open()
    await room.say("i have a dent")
    assert room.said()[1:] == [
        "desk says: a colleague.",
        "Claims speaking. I was told: a dent",
        "What is your full name?",
    ]
    said = [(item.agent, item.text) for item in room.history if isinstance(item, AgentSaid)]
    assert said[1][0] == "desk"
    assert len(model.requests) == 1


async def test_who_comes_back_is_greeted_as_one_who_comes_back_and_never_twice(tmp_path: Path) -> None:
    room, heard, _ = await played(
        tmp_path, [[to("claims")], [to("rates"), "Ten."], [to("claims")], [to("desk")], [to("claims")]]
    )
    assert heard[3:] == [["Back to your claim."], ["Here is the desk again."], ["Back to your claim."]]
    everything = room.said()
    assert everything.count("Welcome to the house.") == 1
    assert sum(text.startswith("Claims speaking") for text in everything) == 1
    assert room.agents == ["desk", "claims", "rates", "claims", "desk", "claims"]


async def test_who_was_met_silently_is_not_a_stranger_afterwards(tmp_path: Path) -> None:
    _, heard, _ = await played(tmp_path, [[to("rates"), "Ten."], [to("claims")], [to("rates"), "Ten, as I said."]])
    assert heard[3] == ["Ten, as I said."]
    assert "Rates speaking." not in [text for texts in heard for text in texts]


async def test_the_next_agent_knows_what_was_said_who_calls_and_why_he_comes(tmp_path: Path) -> None:
    room, heard, model = await played(
        tmp_path,
        [
            [
                Reply(calls={"verify_caller": JOHN}),
                "Thank you.",
            ],
            [to("rates", "wants a rate"), "Ten."],
            [to("claims")],
        ],
        first=WHO,
    )
    assert room.session.subject is not None
    request = model.requests[3]
    assert prompt(request) == "You are rates. Known: John Smith. From desk: wants a rate"
    texts = [message.content for message in request.messages]
    assert {WHO, "Thank you.", "words 1"} <= set(texts)
    assert any("handed over from desk to rates" in text and "wants a rate" in text for text in texts)
    assert heard[3] == ["Claims speaking. I was told:"]


async def test_nobody_is_sent_in_circles_within_one_turn(tmp_path: Path) -> None:
    room, heard, model = await played(tmp_path, [[to("rates"), to("desk"), to("rates"), "Then I will answer myself."]])
    assert room.agents == ["desk", "rates", "desk"]
    assert heard[1] == ["Then I will answer myself."]
    last = [item for item in room.history if isinstance(item, ToolAnswered)][-1]
    assert "gave them back" in last.content
    assert len(model.requests) == 4


async def test_the_caller_may_go_the_same_way_again_when_he_has_spoken(tmp_path: Path) -> None:
    room, _, _ = await played(tmp_path, [[to("rates"), "Ten."], [to("desk"), "Yes?"], [to("rates"), "Still ten."]])
    assert room.agents == ["desk", "rates", "desk", "rates"]


async def test_of_two_hand_offs_at_once_one_is_made_and_the_other_is_not_claimed(tmp_path: Path) -> None:
    both = Reply(calls={"hand_off_to_claims": {"reason": "a"}, "hand_off_to_rates": {"reason": "b"}})
    room, heard, _ = await played(tmp_path, [[both]])
    assert room.agents == ["desk", "claims"]
    assert heard[1] == ["Claims speaking. I was told: a"]
    answered = [item.content for item in room.history if isinstance(item, ToolAnswered)]
    assert ["Handed over to claims" in answered[0], "was not done" in answered[1]] == [True, True]


async def test_an_agent_that_is_not_declared_is_never_handed_to(tmp_path: Path) -> None:
    room, _, _ = await played(tmp_path, [[to("claims")], [to("claims", "me again"), to("nobody"), "Here I am."]])
    assert room.agents == ["desk", "claims"]
    assert [type(item) for item in room.history].count(HandedOver) == 1
    assert [item.text for item in room.history if isinstance(item, AgentSaid)][-1] == "Here I am."


async def handed_over_at_once(target: str, facts: dict[str, object]) -> RehearsedCall:
    """A model at the insurance line that hands everybody over, whoever they are."""
    store = shipped_store(memory_tools().names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    replies: list[str | Reply] = [Reply(calls={f"hand_off_to_{target}": {"reason": "a claim"}})]
    room = RehearsedCall(RehearsalParts(store, ScriptedModel(replies), policies), store.lines["insurance"], NOON)
    room.session.facts |= facts
    room.open()
    await room.say("i had an accident")
    return room


async def test_nobody_is_handed_to_an_agent_who_can_do_nothing_for_strangers() -> None:
    for target in ("fnol_intake", "general_info"):
        room = await handed_over_at_once(target, {})
        assert room.agents == ["auth"], "there is no way back from there to the tool that verifies"


async def test_who_may_leave_a_report_is_handed_to_the_agent_who_takes_it_and_to_no_other() -> None:
    assert (await handed_over_at_once("fnol_intake", {"unverified": True})).agents == ["auth", "fnol_intake"]
    assert (await handed_over_at_once("general_info", {"unverified": True})).agents == ["auth"]


async def verified_and_handed_over(
    first: str, last4: str, brings: dict[str, str], *more: str
) -> tuple[RehearsedCall, ScriptedModel]:
    """A model at the insurance line that verifies and hands over to the colleague for questions in one answer."""
    store = shipped_store(memory_tools().names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    both = Reply(calls={"verify_caller": {**JOHN, "last4": last4}, "hand_off_to_general_info": brings})
    model = ScriptedModel([both, *more])
    room = RehearsedCall(RehearsalParts(store, model, policies), store.lines["insurance"], NOON)
    room.open()
    await room.say(f"{first}, my name is john smith, 60601, {last4}")
    return room, model


async def test_a_question_that_goes_along_is_answered_without_another_round_of_the_model() -> None:
    room, model = await verified_and_handed_over("what is my deductible", "4821", {"question": "what is my deductible"})
    assert room.said()[1:] == ["Your deductible is 500 dollars.", "Is there anything else I can help you with?"]
    assert [used.name for used in room.tools()] == ["verify_caller", "hand_off_to_general_info", "policy_question"]
    assert len(model.requests) == 1
    assert next(i.summary for i in room.history if isinstance(i, HandedOver)) == "what is my deductible"


async def test_whose_question_is_not_known_is_left_to_the_next_agents_model() -> None:
    for brings in ({}, {"question": " "}, {"reason": "has a question"}):
        room, model = await verified_and_handed_over("good morning", "4821", brings, "What would you like to know?")
        assert room.said()[1:] == ["What would you like to know?"]
        assert len(model.requests) == 2


async def test_no_question_is_answered_to_somebody_who_was_not_verified() -> None:
    brings = {"question": "what is my deductible"}
    room, _ = await verified_and_handed_over("what is my deductible", "9999", brings)
    assert room.agents == ["auth"]
    assert "policy_question" not in [used.name for used in room.tools()]
    assert "500" not in " ".join(room.said())
