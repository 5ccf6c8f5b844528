"""A loudspeaker sends the agent's words back; callers who say the same words themselves are heard."""

import pytest
from answering import Answers
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.testing.pauses import overlap_ms
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice

GREETING = "Welcome to the claims line of Meridian. Tell me what happened to your car, please."
PLACE = "I have noted the day and the time of it. Did it happen on Lake Street in Chicago?"


@pytest.mark.parametrize(
    ("echo", "at"),
    [
        ("welcome to the claims line of meridian tell me what happened to your car please", 0.4),
        ("welcome to the claims line of meridian tell me what happened to your car please", 0.6),
        ("welcome to the clay mine of meridian tell him what happened to your are please", 1.0),
        ("claims line of meridian tell me what happened", 1.6),
    ],
)
def test_an_echo_is_no_turn_and_stops_nothing(echo: str, at: float) -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=GREETING))
        stage = Stage(responder)
        stage.caller.says(echo, at=at)
        await stage.play(20)
        assert responder.asked == []
        assert stage.heard == GREETING
        assert stage.dialogue == [f"helper: {GREETING}"]

    run_virtual(story())


def test_what_the_caller_says_behind_an_echo_is_heard() -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=GREETING))
        stage = Stage(responder)
        stage.caller.says("welcome to the claims line of meridian somebody hit me from behind", at=0.5)
        await stage.play(20)
        assert responder.asked == ["somebody hit me from behind"]

    run_virtual(story())


@pytest.mark.parametrize(
    ("answer", "behind_s"),
    [
        ("chicago", 0.3),
        ("in chicago", 0.3),
        ("on lake street in chicago", 0.4),
        ("lake street in chicago", 0.5),
        ("in chicago yes", 0.5),
        ("it did happen on lake street", 0.2),
        ("on lake street", 1.5),
    ],
)
def test_a_question_repeated_as_an_answer_is_heard(answer: str, behind_s: float) -> None:
    async def story() -> None:
        responder = Answers(PLACE, "Thank you.")
        stage = Stage(responder)
        end = stage.caller.says("it was on monday at five", at=2)
        running = await stage.raise_curtain()
        while len(stage.turns) < 2:  # until the question has been heard
            await stage.caller.until(stage.caller.now + 0.02)
        assert stage.caller.now > end
        stage.caller.says(answer, at=stage.caller.now + behind_s)
        await stage.caller.until(stage.caller.now + 8)
        await stage.drop_curtain(running)
        assert responder.asked[-1] == answer

    run_virtual(story())


@pytest.mark.parametrize("words", ["can you tell me what it costs", "i want to tell me a lawyer what happened"])
def test_words_in_common_do_not_make_an_echo(words: str) -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=GREETING))
        stage = Stage(responder)
        stage.caller.says(words, at=3.4)
        await stage.play(15)
        assert responder.asked == [words]

    run_virtual(story())


def test_other_words_interrupt_as_ever() -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=GREETING))
        stage = Stage(responder)
        stage.caller.says("tell me how late it is", at=1.0)
        await stage.play(12)
        assert responder.asked == ["tell me how late it is"]
        assert not stage.heard.startswith(GREETING)

    run_virtual(story())


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        ("Thank you for calling Meridian. What is your full name and your zip code, please?", "wait i want a person"),
        ("I have the story of it down. The story goes on my list now, and to a colleague.", "sorry it was a truck"),
    ],
)
def test_a_word_that_is_only_like_one_of_the_agents_does_not_let_the_agent_go_on(greeting: str, words: str) -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=greeting))
        stage = Stage(responder)
        stage.caller.says(words, at=2.2)
        await stage.play(12)
        assert responder.asked == [words]
        assert len(stage.link.stops) == 1
        assert "hold_unconfirmed" not in stage.moments

    run_virtual(story())


WORDS = "truck behind sunday morning brother bumper rain license plate chicago window seven".split()


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), at=st.floats(0.3, 6))
def test_what_the_agent_has_not_said_is_never_taken_for_an_echo(words: list[str], at: float) -> None:
    async def story() -> None:
        responder = Answers(agent=agent_spec(greeting=GREETING))
        stage = Stage(responder)
        stage.caller.says(" ".join(words), at=at)
        await stage.play(at + 15)
        assert " ".join(responder.asked[-1:]) == " ".join(words)

    run_virtual(story())


@pytest.mark.parametrize("word", ["it", "on", "what", "tell"])
@pytest.mark.parametrize("pause_ms", [700, 800, 850, 900])
def test_a_word_that_the_agent_said_long_ago_lets_no_answer_through(word: str, pause_ms: int) -> None:
    """The agent has been quiet for seconds: what a caller goes on with is theirs, whatever was asked before."""

    async def story() -> None:
        greeting = "What is it? Tell me, and take your time, there is no hurry at all, what is it on, and what is it?"
        responder = Answers(agent=agent_spec(greeting=greeting), first_token_s=0.35, token_s=1 / 60, every_ask=True)
        stage = Stage(responder, voice=ScriptedVoice(first_audio_s=0.12))
        spoken = stage.caller.tells(["no", f"{word} had to be towed away"], [pause_ms], at=14)
        await stage.play(spoken[-1][1] + 6)
        speech = [(stage.began + begin, stage.began + end) for begin, end in spoken]
        assert overlap_ms(stage.link, speech) <= 60
        assert responder.asked[-1] == f"no {word} had to be towed away"

    run_virtual(story())
