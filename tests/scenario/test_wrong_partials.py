"""A recognizer whose finals say other words than its partials: what is answered is what the caller said."""

from typing import Any

import pytest
from answering import Answers
from intake import intake_stage

from backend.domain.model import ModelRequest
from backend.engine.turn.turn import Turn
from backend.testing.books import MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual

SAID = "the day before yesterday at noon"
MISHEARD = "the tank the firm yesterday or boom"


def _baffled(turn: Turn) -> None:
    turn.baffled = turn.caller_text == MISHEARD


def wait_ms(stage: Stage) -> float:
    """From the caller's last word to the last answer."""
    return stage.turns[-1].latencies.first_frame_ms or 0.0


@pytest.mark.parametrize("final_in", [1.5, 2.2, 3.5])
def test_who_is_asked_again_only_because_the_partial_was_wrong_is_not_asked_to_the_end(final_in: float) -> None:
    async def story() -> None:
        responder = Answers(
            "I did not catch the date. When was it, for example today, yesterday, or last Monday?",
            "Where was that?",
            every_ask=True,
            tool_s=0.02,
            tool_lasts=False,
            on_respond=_baffled,
        )
        stage = Stage(responder)
        stage.caller.says(MISHEARD, at=2, final=SAID, final_in=final_in)
        await stage.play(14)
        assert responder.asked == [MISHEARD, SAID]
        assert stage.dialogue[-2:] == [f"caller: {SAID}", "helper: Where was that?"]

    run_virtual(story())


def test_an_answer_that_understood_something_is_not_cut_short_by_a_late_final() -> None:
    async def story() -> None:
        asks = "And where was that? Please tell me the street, the number of the house, and the city."
        responder = Answers(asks, every_ask=True, tool_s=0.02, tool_lasts=False)
        stage = Stage(responder)
        stage.caller.says(MISHEARD, at=2, final=SAID, final_in=3.5)
        await stage.play(14)
        assert responder.asked == [MISHEARD]
        assert stage.dialogue[-1] == f"helper: {asks}"

    run_virtual(story())


def test_once_a_final_said_other_words_the_next_is_waited_for() -> None:
    async def story() -> None:
        responder = Answers("And then?", "I see.", "Thank you.", every_ask=True)
        stage = Stage(responder)
        stage.caller.says("a van great long my car", at=2, final="a van scraped along my car", final_in=3.0)
        stage.caller.says("no buddy was in a car", at=9, final="nobody was in the car", final_in=1.4)
        await stage.play(16)
        assert responder.asked[-1] == "nobody was in the car"
        assert "no buddy was in a car" not in responder.asked

    run_virtual(story())


def test_a_final_that_is_lost_is_not_waited_for_without_end() -> None:
    async def story() -> None:
        responder = Answers("And then?", "I see.", every_ask=True)
        stage = Stage(responder)
        stage.caller.says("a van great long my car", at=2, final="a van scraped along my car", final_in=3.0)
        stage.caller.says("nobody was in the car", at=9, final="", final_in=30)
        await stage.play(18)
        assert responder.asked[-1] == "nobody was in the car"
        assert 1700 <= wait_ms(stage) < 2900

    run_virtual(story())


def test_half_an_address_is_not_answered_before_its_final() -> None:
    async def story() -> None:
        responder = Answers("Was anybody hurt?")
        responder.session.expects = "where"
        responder.session.facts["_question"] = {"name": "where", "kind": "place"}
        stage = Stage(responder)
        stage.caller.says("on mission street in san", at=2, final="on mission street in san francisco", final_in=1.7)
        await stage.play(10)
        assert responder.asked[-1] == "on mission street in san francisco"
        assert stage.dialogue[1:] == [
            "caller: on mission street in san francisco",
            "helper: Was anybody hurt?",
        ]

    run_virtual(story())


def test_finals_that_only_write_otherwise_cost_no_wait() -> None:
    async def story() -> None:
        responder = Answers("And then?", "I see.", every_ask=True)
        stage = Stage(responder)
        stage.caller.says("it was at five thirty", at=2, final="It was at 5:30.", final_in=1.0)
        stage.caller.says("on oak street in houston", at=9, final="On Oak Street in Houston.", final_in=3.0)
        await stage.play(16)
        assert "on oak street in houston" in [asked.lower().rstrip(".") for asked in responder.asked]
        assert wait_ms(stage) < 1000

    run_virtual(story())


@pytest.mark.parametrize("final_in", [2.0, 2.5])
def test_a_field_taken_from_a_wrong_partial_is_put_right_by_a_final_that_came_behind_the_answer(
    final_in: float,
) -> None:
    cases = MemoryCases()
    given: list[dict[str, Any]] = [
        {"incident_description": "a truck hit me from behind", "injuries": False, "loss_date": "yesterday",
         "loss_time": "noon", "driver_name": "me"},
        {"loss_location": "on pooch tree street in atlanta"},
        {"vehicle": "the honda civic"},
    ]  # fmt: skip
    said = ["a truck hit me from behind", "on pooch tree street in atlanta", "the honda civic"]

    def passes_on(request: ModelRequest) -> str | Reply:
        words = str(request.messages[-1].content)
        return Reply(calls={"record_fnol": given[said.index(words)]}) if words in said else "I see."

    async def story() -> None:
        stage = intake_stage(ScriptedModel(passes_on), cases=cases)
        stage.caller.says(said[0], at=6)
        stage.caller.says(said[1], at=18, final="on peachtree street in atlanta", final_in=final_in)
        stage.caller.says(said[2], at=30)
        await stage.play(45)
        draft = await cases.draft("c1", "fnol")
        assert "caller: on peachtree street in atlanta" in stage.dialogue
        assert draft is not None
        assert draft.fields["loss_location"]["street"] == "Peachtree Street"

    run_virtual(story())
