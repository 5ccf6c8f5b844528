"""What leaves a call's memory: no secret and no card number, in turns, sessions and arguments; the call goes on."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from backend.domain.call import TurnRecord
from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.session import (
    AgentSaid,
    CallerSaid,
    CallSession,
    ToolAnswered,
    ToolCallsMade,
    ToolRequest,
)
from backend.domain.subject import Subject
from backend.domain.veil import Veil
from backend.engine.call.discretion import Discretion

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ASKED = {"_question": {"name": "last4", "secret": True}}
CARD = ("it is four one one one", "one one one one", "yes", "then one one one one", "one one one one")


class Told:
    """A call, turn by turn, as the engine has it."""

    def __init__(self, **facts: Any) -> None:
        self.session = CallSession(call_id="c1", line="insurance", active_agent="auth", facts=facts)
        self.discretion = Discretion(self.session, Veil(), frozenset({"zip_code", "last4"}))
        self.records: list[TurnRecord] = []
        self.written: list[TurnRecord] = []

    def say(self, words: str, answer: str = "All right.", **facts: Any) -> None:
        index = self.session.turn + 1
        self.session.history += [CallerSaid(words, index), AgentSaid("auth", answer, index)]
        self.session.turn = index
        self.session.facts |= facts
        record = TurnRecord(index=index, agent="auth", caller_text=words, said=answer, heard=answer, started_at=NOW)
        self.written += [*self.discretion.settle(record), record]
        self.records.append(record)

    def kept(self) -> str:
        """Everything that is stored."""
        stored = self.discretion.stored(self.session)
        turns = [(turn.caller_text, turn.said, turn.heard) for turn in self.records]
        return f"{msgspec.json.encode(stored).decode()} {turns}"


def test_the_answer_to_a_question_for_a_secret_is_not_kept_and_the_call_still_knows_it() -> None:
    call = Told(**ASKED)
    call.say("four eight two one", "Thank you, four eight two one.")
    assert call.records[0].caller_text == HIDDEN
    note_secret(call.session.facts, KnownSecret(2, "last4", "4821"))
    call.say("my house is number 12", _question={"name": "street", "secret": False})
    assert call.session.history[0] == CallerSaid("four eight two one", 1)
    call.say("and the house beside it is number 14")
    assert call.records[2].caller_text == "and the house beside it is number 14"


def test_a_secret_that_was_told_unasked_is_hidden_wherever_it_stands() -> None:
    call = Told()
    note_secret(call.session.facts, KnownSecret(1, "last4", "4821"))
    note_secret(call.session.facts, KnownSecret(1, "zip_code", "60601", lasting=False))
    call.session.facts["_identity"] = {"said": {"full_name": "John Smith", "zip_code": "60601", "last4": "4821"}}
    request = ToolRequest("t", "verify_caller", '{"full_name": "John Smith", "zip_code": "6 06 01", "last4": "four"}')
    call.session.history += [ToolCallsMade((request,), 1), ToolAnswered("t", "verify_caller", '{"heard": 4821}', 1)]
    call.say("John Smith, 60601, four eight two one", "So that is 4821?")
    call.say("the accident was in 60601")
    kept = re.sub(r"veiled:[0-9a-f]+", "veiled", call.kept())  # whose digits may be any
    assert "4821" not in kept and "four eight" not in kept and "6 06 01" not in kept
    assert kept.count("60601") == 2  # the place of the accident, in the session and in the turn
    assert "John Smith" in kept
    assert call.records[0].identity.took == ("last4", "zip_code")


def test_an_answer_without_a_name_is_kept_without_what_else_shows_who_is_calling() -> None:
    call = Told()
    note_secret(call.session.facts, KnownSecret(2, "zip_code", "60601", lasting=False))
    call.session.facts["_identity"] = {"said": {}, "unread": ["the name is john and smith", "in six oh six oh one"]}
    kept = call.discretion.stored(call.session).facts["_identity"]["unread"]
    assert kept[0] == "the name is john and smith"
    assert "six oh six" not in kept[1]
    assert call.session.facts["_identity"]["unread"][1] == "in six oh six oh one"


def test_a_card_in_parts_is_hidden_in_the_turns_before_once_it_is_one() -> None:
    call = Told()
    for words in CARD[:-1]:
        call.say(words)
    assert [turn.caller_text for turn in call.records] == list(CARD[:-1])
    call.discretion.stored(call.session)
    call.say(CARD[-1])
    assert [turn.caller_text for turn in call.records] == [
        f"it is {HIDDEN}", HIDDEN, "yes", f"then {HIDDEN}", HIDDEN,
    ]  # fmt: skip
    assert [turn.index for turn in call.written[4:]] == [1, 2, 4, 5]
    assert "one one" not in call.kept()
    for number in range(20):
        call.say(f"something else, {number} times")
        assert "one one" not in call.kept()


def test_words_that_are_still_being_answered_are_hidden_too() -> None:
    call = Told()
    call.say("hello", "What are the last four?", **ASKED)
    meant = msgspec.structs.replace(
        call.session, history=[*call.session.history, CallerSaid("four eight two one", 2)], turn=2
    )
    stored = call.discretion.stored(meant)
    assert [item.text for item in stored.history if isinstance(item, CallerSaid)] == ["hello", HIDDEN]
    call.say("four eight two one")
    assert "four eight" not in call.kept()


def test_a_stored_call_goes_on_and_what_was_said_before_stays_as_it_was() -> None:
    call = Told()
    call.say("there were 2 cars and 3 people", "What are the last four?", **ASKED)
    session = call.discretion.stored(call.session)
    again = Discretion(session, Veil(), frozenset({"zip_code", "last4"}))
    assert again.stored(session).history == session.history
    assert "2 cars and 3 people" in msgspec.json.encode(again.stored(session)).decode()


@pytest.mark.parametrize("deep", [300, 900, 5000])
def test_arguments_of_any_depth_are_kept_without_the_secret(deep: int) -> None:
    call = Told()
    note_secret(call.session.facts, KnownSecret(1, "last4", "4821"))
    asked = ToolRequest("t1", "look_up", '{"x":' + "[" * deep + '"4821"' + "]" * deep + "}")
    call.session.history.append(ToolCallsMade((asked,), 1))
    assert "4821" not in call.kept()


def test_what_opened_a_policy_is_noted_once() -> None:
    call = Told()
    call.say("hello")
    call.session.subject = Subject("POL-1", "John Smith", {"policy_id": "POL-1"})
    call.say("four eight two one")
    call.say("thanks")
    assert [turn.identity.granted for turn in call.records] == ["", "POL-1", ""]


def test_veiled_numbers_can_be_compared_in_their_call_only() -> None:
    veil = Veil(b"key")
    veiled = veil.over("c1", "last4", "4821")
    assert "4821" not in veiled and veil.covers(veiled) and veil.over("c1", "last4", veiled) == veiled
    assert veiled == Veil(b"key").over("c1", "last4", "4821")
    others = [veil.over("c2", "last4", "4821"), veil.over("c1", "zip_code", "4821"), Veil().over("c1", "last4", "4821")]
    assert veiled not in others
