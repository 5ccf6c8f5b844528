"""A conversation in text: turns, their record, and what is said before somebody is let go."""

import asyncio
from datetime import UTC, datetime

import pytest
from answering import Answers

from backend.domain.ending import Ending
from backend.domain.session import AgentSaid, CallerSaid
from backend.domain.tool import EndCall, TransferToPerson
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.conversation.text_events import Over, Said, Typing
from backend.errors import CallRefused, TimedOut
from backend.testing.virtual_time import run_virtual

THEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def conversation(*answers: object, **options: object) -> tuple[TextConversation, Answers, list, list]:
    responder, events, turns = Answers(*answers), [], []
    talk = TextConversation(
        responder, on_event=events.append, on_turn=lambda turn: turns.append(turn.record), now=lambda: THEN, **options
    )
    return talk, responder, events, turns


async def test_what_is_said_enters_the_history_and_the_record() -> None:
    talk, responder, events, turns = conversation("Fine, thanks.")
    talk.open()
    await talk.say("how are you")
    history = [item.text for item in responder.session.history if isinstance(item, CallerSaid | AgentSaid)]
    assert history == ["Hello there.", "how are you", "Fine, thanks."]
    assert [(turn.caller_text, turn.said, turn.heard) for turn in turns] == [
        ("", "Hello there.", "Hello there."),
        ("how are you", "Fine, thanks.", "Fine, thanks."),
    ]
    assert [type(event) for event in events if isinstance(event, Said | Typing)] == [Said, Typing, Said]


async def test_turns_of_the_same_millisecond_are_told_apart() -> None:
    talk, _, _, turns = conversation("One.", ("Two.", TransferToPerson("asked")))
    talk.open()
    await talk.say("a")
    await talk.say("b")
    moments = [int(turn.started_at.timestamp() * 1000) for turn in turns]
    assert moments == sorted(set(moments))
    assert len(moments) == 4


def test_what_is_written_is_final_and_no_tool_waits_for_more() -> None:
    async def story() -> float:
        responder = Answers("Done.", tool_s=0.2)
        began = asyncio.get_running_loop().time()
        await TextConversation(responder, now=lambda: THEN).say("file my claim")
        return asyncio.get_running_loop().time() - began

    assert run_virtual(story()) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("channel", "words"), [("voice", "I'll connect you now."), ("text", "A colleague can help you at +18005550199.")]
)
async def test_who_is_sent_to_a_person_is_told_so(channel: str, words: str) -> None:
    talk, _, events, _ = conversation(("Call 911.", TransferToPerson("emergency")), channel=channel)
    await talk.say("help")
    assert [event.text for event in events if isinstance(event, Said)] == ["Call 911.", words]
    assert events[-1] == Over("transferred")
    assert talk.ending == Ending("transferred", "emergency")


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("voice", "Please stay on the line. I'm putting you through to a person right now."),
        ("text", "Please call 911 now."),
    ],
)
async def test_in_an_emergency_there_is_one_instruction(channel: str, words: str) -> None:
    talk, _, events, _ = conversation(("", TransferToPerson("emergency", emergency=True)), channel=channel)
    await talk.say("help")
    assert [event.text for event in events if isinstance(event, Said)] == [words]


async def test_nothing_can_be_said_once_it_is_over() -> None:
    talk, _, events, _ = conversation(("Goodbye.", EndCall("done")))
    await talk.say("bye")
    with pytest.raises(CallRefused, match="over"):
        await talk.say("hello?")
    talk.end("failed")
    assert talk.ending == Ending("completed", "done"), "the first ending stands"
    assert [event for event in events if isinstance(event, Over)] == [Over("completed")]


async def test_one_failure_is_apologized_for_and_forgotten_after_a_good_answer() -> None:
    late = TimedOut("model", "too slow")
    talk, _, _, turns = conversation(late, "Here I am.", late, late)
    for words in ("a", "b", "c"):
        await talk.say(words)
    assert talk.ending is None
    assert "having trouble" in turns[0].said
    await talk.say("d")
    assert talk.ending is not None
    assert talk.ending.outcome == "transferred"
    assert len(talk.faults) == 3


async def test_a_turn_that_is_cancelled_keeps_the_callers_words_and_lets_the_next_one_begin() -> None:
    talk, responder, _, turns = conversation("In time.")
    responder.first_token_s = 60
    turn = asyncio.create_task(talk.say("wait for me"))
    while not responder.running:
        await asyncio.sleep(0)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    responder.first_token_s = 0
    assert turns[0].interrupted
    assert responder.session.history == [CallerSaid("wait for me", 1)]
    await talk.say("again")
    assert turns[1].said == "In time."
