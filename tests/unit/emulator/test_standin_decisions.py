"""What the stand-in model makes of a conversation, from messages and tools alone."""

from typing import Any

from backend.emulator.model.decide import decide
from backend.emulator.model.situation import read_situation

AUTH = "Call verify_caller and the hand-off in the same answer."
INTAKE = "When the caller confirms it, file the claim with file_claim and tell the claim number."


def _tool(name: str, description: str, *, required: tuple[str, ...] = (), **properties: str) -> dict[str, Any]:
    described = {key: {"type": "string", "description": text} for key, text in properties.items()}
    parameters = {"type": "object", "properties": described, "required": list(required)}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


RECORD = _tool(
    "record_claim",
    "Record what the caller reports about an accident.",
    incident_description="What happened, in his words. Tell me, what happened?",
    loss_date="Day of the accident. When did it happen?",
    confirmation="The answer to the read-back. Is that all correct?",
)
FILE = _tool("file_claim", "File the claim.")
VERIFY = _tool("verify_caller", "Verify who is calling.", full_name="Name. Your name?", last4="Digits. Last four?")
HAND_OFF = _tool(
    "hand_off_to_intake",
    "Hand the caller over to intake when he reports an accident or a claim.",
    required=("reason",),
    reason="One sentence for the other agent: what the caller wants.",
)


def _called(number: int, name: str, arguments: str, answer: str) -> list[dict[str, Any]]:
    call = {"id": f"c{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": f"c{number}", "content": answer},
    ]


def _says(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": text}


def _calls(tools: list[dict[str, Any]], *messages: dict[str, Any]) -> Any:
    return decide(read_situation(messages, tools)).calls


def test_an_answer_that_was_cut_off_before_it_asked_leaves_the_question_open() -> None:
    whole = "a truck changed lanes and hit the side of my car on that day"
    calls = _calls(
        [RECORD],
        _says("system", INTAKE),
        _says("assistant", "Thanks. Tell me, what happened?"),
        _says("assistant", "When did it —"),
        _says("user", whole),
    )
    assert calls == {"record_claim": {"incident_description": whole}}


def test_a_question_that_was_asked_in_full_before_the_cut_is_the_one_to_answer() -> None:
    asked = "When did it happen? For example, yes —"
    situation = read_situation([_says("assistant", "Was anyone injured?"), _says("assistant", asked)], [])
    assert situation.said == asked


def _confirmed(prompt: str, answer: str) -> Any:
    read_back = '{"ok": true, "said": "All of it.", "ask": "Is that all correct?", "expects": "confirmation"}'
    return _calls(
        [RECORD, FILE],
        _says("system", prompt),
        _says("user", "it hit a tree"),
        *_called(1, "record_claim", '{"loss_date": "today"}', read_back),
        _says("assistant", "All of it. Is that all correct?"),
        _says("user", answer),
    )


def test_a_yes_to_the_read_back_calls_what_the_prompt_says() -> None:
    assert _confirmed(INTAKE, "yes that is correct") == {"file_claim": {}}


def test_anything_but_a_yes_goes_to_the_tool_that_asked() -> None:
    assert _confirmed(INTAKE, "no it is not") == {"record_claim": {"confirmation": "no it is not"}}
    assert _confirmed("Take claims.", "yes") == {"record_claim": {"confirmation": "yes"}}


def _last_detail(prompt: str, wish: str, name: str) -> Any:
    more = '{"ok": true, "ask": "Last four?", "expects": "last4"}'
    return _calls(
        [VERIFY, HAND_OFF],
        _says("system", prompt),
        _says("user", wish),
        *_called(1, "verify_caller", name, more),
        _says("assistant", "Last four?"),
        _says("user", "one two three four"),
    )


def test_the_last_detail_is_verified_together_with_the_hand_off() -> None:
    calls = _last_detail(AUTH, "i want to report an accident", '{"full_name": "john smith"}')
    assert list(calls) == ["verify_caller", "hand_off_to_intake"]
    assert calls["hand_off_to_intake"] == {"reason": "i want to report an accident"}


def test_the_hand_off_is_for_itself_where_the_prompt_asks_for_no_more_or_details_lack_or_no_wish_is_known() -> None:
    wish, named = "i want to report an accident", '{"full_name": "john smith"}'
    assert list(_last_detail("Verify first.", wish, named)) == ["verify_caller"]
    assert list(_last_detail(AUTH, wish, "{}")) == ["verify_caller"]
    assert list(_last_detail(AUTH, "good morning", named)) == ["verify_caller"]
