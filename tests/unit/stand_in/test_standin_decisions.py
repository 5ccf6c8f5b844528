"""What the stand-in model makes of a conversation, from messages and tools alone."""

from typing import Any

import pytest

from stand_in.decide import Manner, decide
from stand_in.situation import read_situation

PROMPT = "Today is Saturday, November 21, 2026."


def _tool(name: str, description: str, *, required: tuple[str, ...] = (), **properties: str) -> dict[str, Any]:
    described = {key: {"type": "string", "description": text} for key, text in properties.items()}
    parameters = {"type": "object", "properties": described, "required": list(required)}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


RECORD = _tool(
    "record_claim",
    "Record what the caller reports about an accident.",
    incident_description="What happened, in their words. Tell me, what happened?",
    loss_date="Day of the accident. When did it happen?",
    confirmation="The answer to the read-back. Is that all correct?",
)
FILE = _tool("file_claim", "File the claim.")
VERIFY = _tool("verify_caller", "Verify who is calling.", full_name="Name. Your name?", last4="Digits. Last four?")
SAFETY = _tool("check_safety", "Find out whether everybody is safe.", injuries="Anybody hurt? Is anyone hurt?")
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
        _says("system", PROMPT),
        _says("assistant", "Thanks. Tell me, what happened?"),
        _says("assistant", "When did it —"),
        _says("user", whole),
    )
    assert calls == {"record_claim": {"incident_description": whole}}


def test_a_question_that_was_asked_in_full_before_the_cut_is_the_one_to_answer() -> None:
    asked = "When did it happen? For example, yes —"
    situation = read_situation([_says("assistant", "Was anyone injured?"), _says("assistant", asked)], [])
    assert situation.said == asked


@pytest.mark.parametrize("answer", ["yes that is correct", "no it is not", "yes but it was on monday"])
def test_whether_the_caller_agrees_is_for_the_tool_that_asked(answer: str) -> None:
    read_back = '{"ok": true, "said": "All of it.", "ask": "Is that all correct?", "expects": "confirmation"}'
    calls = _calls(
        [RECORD, FILE],
        _says("system", "When the caller confirms it, file the claim with file_claim."),
        _says("user", "it hit a tree"),
        *_called(1, "record_claim", '{"loss_date": "today"}', read_back),
        _says("assistant", "All of it. Is that all correct?"),
        _says("user", answer),
    )
    assert calls == {"record_claim": {"confirmation": answer}}


def _answered(envelope: str, answer: str, *more: dict[str, Any], manner: Manner = "usual") -> Any:
    messages = [
        _says("system", PROMPT),
        _says("user", "i want to report an accident"),
        *_called(1, "verify_caller", "{}", envelope),
        *more,
        _says("assistant", "A question?"),
        _says("user", answer),
    ]
    tools = [VERIFY, RECORD, HAND_OFF, SAFETY]
    return decide(read_situation(messages, tools), manner=manner).calls


def test_the_answer_goes_to_the_tool_that_the_result_names() -> None:
    asked = '{"ok": true, "ask": "Is anyone hurt?", "expects": "injuries", "tool": "check_safety"}'
    assert _answered(asked, "nobody is") == {"check_safety": {"injuries": "nobody is"}}


def test_a_hand_off_that_was_refused_beside_a_question_leaves_the_question_open() -> None:
    asked = '{"ok": false, "ask": "And the last four?", "expects": "last4"}'
    refused = _called(2, "hand_off_to_intake", '{"reason": "x"}', '{"ok": false, "message": "Not verified."}')
    assert _answered(asked, "one two three four", *refused) == {"verify_caller": {"last4": "one two three four"}}


def test_a_story_brings_the_day_the_hour_and_the_place_along() -> None:
    asked = '{"ok": true, "ask": "What happened?", "expects": "incident_description", "tool": "record_claim"}'
    story = "a truck hit me yesterday at half past six in the evening on oak street"
    whole = {"record_claim": {"incident_description": story, "loss_date": "2026-11-20"}}
    assert _answered(asked, story) == whole
    assert _answered(asked, story, manner="dumb") == {"record_claim": {"incident_description": story}}


def test_people_are_looked_after_before_anybody_is_asked_who_they_are() -> None:
    calls = _calls([VERIFY, SAFETY], _says("user", "a truck has hit me on the highway"))
    assert calls == {"check_safety": {}}
    assert list(_calls([VERIFY, SAFETY], _says("user", "what is my deductible if i have an accident"))) != [
        "check_safety"
    ]


@pytest.mark.parametrize("words", ["what are your opening hours", "how old are you", "can i pay by check"])
def test_what_nobody_here_can_answer_is_declined_and_no_reason_to_ask_for_a_name(words: str) -> None:
    decision = decide(read_situation([_says("user", words)], [VERIFY, HAND_OFF]))
    assert not decision.calls
    assert decision.text.startswith("I'm sorry")


@pytest.mark.parametrize("answer", ["yes", "yes please", "yeah"])
def test_who_wants_something_else_is_asked_what(answer: str) -> None:
    said = _says("assistant", "Your deductible is 500 dollars. Is there anything else I can help you with?")
    decision = decide(read_situation([said, _says("user", answer)], [VERIFY, HAND_OFF]))
    assert (decision.text, decision.calls) == ("What can I do for you?", {})


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("this is ann lee zip code one two three four five", {"full_name": "ann lee"}),
        ("hello this is about an accident", {}),
        ("my name is zoë müller and my car was hit", {"full_name": "zoë müller"}),
        ("this is josé garcía zip 60601 last four 4 4 4 1", {"full_name": "josé garcía", "last4": "4 4 4 1"}),
    ],
)
def test_who_says_who_they_are_unasked_is_not_asked_for_it(words: str, parts: dict[str, str]) -> None:
    assert _calls([VERIFY], _says("user", words)) == {"verify_caller": parts}


def _last_detail(wish: str, name: str) -> Any:
    more = '{"ok": true, "ask": "Last four?", "expects": "last4"}'
    return _calls(
        [VERIFY, HAND_OFF],
        _says("system", PROMPT),
        _says("user", wish),
        *_called(1, "verify_caller", name, more),
        _says("assistant", "Last four?"),
        _says("user", "one two three four"),
    )


def test_the_last_detail_is_verified_together_with_the_hand_off() -> None:
    calls = _last_detail("i want to report an accident", '{"full_name": "john smith"}')
    assert list(calls) == ["verify_caller", "hand_off_to_intake"]
    assert calls["hand_off_to_intake"] == {"reason": "i want to report an accident"}


def test_the_hand_off_waits_where_details_lack_or_no_wish_is_known() -> None:
    assert list(_last_detail("i want to report an accident", "{}")) == ["verify_caller"]
    assert list(_last_detail("good morning", '{"full_name": "john smith"}')) == ["verify_caller"]


def test_who_is_not_understood_hears_other_words_and_then_a_person() -> None:
    person = _tool("transfer_to_person", "Connect the caller to a person.", reason="Why.")
    messages: list[dict[str, Any]] = [_says("assistant", "Hello. How can I help you today?")]
    said: list[str] = []
    while not said or said[-1]:
        messages.append(_says("user", "mumble"))
        decision = decide(read_situation(messages, [HAND_OFF, person]))
        said.append(decision.text)
        messages.append(_says("assistant", decision.text))
        assert len(said) < 5
    assert len(set(said)) == len(said) == 3
    assert list(decision.calls) == ["transfer_to_person"]


def test_who_has_all_they_wanted_and_is_not_understood_is_offered_yes_and_no_and_not_asked_why_they_call() -> None:
    end = _tool("end_call", "End the call.")
    messages = [_says("assistant", "Your claim is filed. Is there anything else I can help you with?")]
    said: list[str] = []
    for _ in range(2):
        messages.append(_says("user", "for the soul for looking"))
        said.append(decide(read_situation(messages, [HAND_OFF, end])).text)
        messages.append(_says("assistant", said[-1]))
    assert "yes or no" in said[1] and not any("calling about" in text for text in said)
    messages.append(_says("user", "2"))
    assert list(decide(read_situation(messages, [HAND_OFF, end])).calls) == ["end_call"]


@pytest.mark.parametrize(
    ("words", "urgent"),
    [
        ("somebody is hurt", True),
        ("she hurt her wrist but a doctor has looked at it", False),
        ("my wife was hurt and is in the hospital", False),
        ("he was treated but he is bleeding again", True),
        ("nobody was hurt", False),
    ],
)
def test_who_is_looked_after_already_is_no_emergency(words: str, urgent: bool) -> None:
    help_now = _tool("report_emergency", "Get help in an emergency.", what="What.")
    assert ("report_emergency" in _calls([help_now, RECORD], _says("user", words))) is urgent


@pytest.mark.parametrize("words", ["that was everything", "that'll be all", "nothing more thanks", "that's it"])
def test_who_needs_nothing_more_is_said_goodbye_to(words: str) -> None:
    end = _tool("end_call", "End the call.", reason="Why.")
    said = _says("assistant", "Your claim is filed. Is there anything else I can help you with?")
    assert list(_calls([FILE, end], said, _says("user", words))) == ["end_call"]


def test_what_takes_no_words_is_not_done_twice() -> None:
    done = _called(1, "file_claim", "{}", '{"ok": true, "message": "The claim is filed."}')
    calls = _calls([FILE], *done, _says("assistant", "Anything else?"), _says("user", "file the claim then"))
    assert calls == {}
