"""A wish to be called back: the number confirmed, kept before the caller is told, never a loop."""

import json

import pytest
from asking import STORE, Asking

from backend.domain.tool import ToolOutcome
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import Unavailable
from backend.testing.books import MemoryCallbacks
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.policy import NOBODY
from backend.tool_store.runner import ToolRunner


class Desk(Asking):
    """A call in which nobody could be reached."""

    def __init__(self, number: str = "+13125550142") -> None:
        super().__init__()
        self.book = MemoryCallbacks()
        object.__setattr__(self.services, "callbacks", self.book)
        self.session.caller_number = number
        self.session.facts[NOBODY] = "the caller asked for a person"
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, self._audit), STORE)

    async def says(self, text: str) -> ToolOutcome:
        outcome = await self.runner.run("request_callback", json.dumps({}), self.caller(text))
        self.hears(outcome)
        return outcome

    async def numbers(self) -> list[str]:
        return [wish.number for wish in await self.book.list()]


async def test_the_calling_number_is_offered_and_kept_after_a_yes() -> None:
    desk = Desk()
    offer = await desk.says("a person please")
    assert offer.ask == "Shall a colleague call you back at the number you are calling from?"
    assert await desk.numbers() == []
    kept = await desk.says("yes please")
    assert kept.say == "A colleague will call you back at the number you are calling from."
    (wish,) = await desk.book.list()
    assert (wish.call_id, wish.line, wish.number) == ("c1", "insurance", "+13125550142")
    assert wish.reason == "the caller asked for a person"


async def test_another_number_is_read_back_digit_by_digit() -> None:
    desk = Desk()
    await desk.says("a person please")
    assert (await desk.says("no")).expects == "callback_number"
    read = await desk.says("two oh six five five five oh one four four")
    assert read.say == "I have 2 0 6, 5 5 5, 0 1 4 4."
    assert await desk.numbers() == []
    await desk.says("yes that's right")
    assert await desk.numbers() == ["+12065550144"]


async def test_a_withheld_number_is_asked_for_and_keys_work() -> None:
    desk = Desk("anonymous")
    assert (await desk.says("call me back")).expects == "callback_number"
    await desk.says("2065550144")
    await desk.says("yes")
    assert await desk.numbers() == ["+12065550144"]


async def test_a_wrong_number_is_put_right() -> None:
    desk = Desk("")
    await desk.says("call me back")
    await desk.says("2065550144")
    assert (await desk.says("no that's wrong")).expects == "callback_number"
    assert (await desk.says("2065550145")).say == "I have 2 0 6, 5 5 5, 0 1 4 5."
    await desk.says("yes")
    assert await desk.numbers() == ["+12065550145"]


@pytest.mark.parametrize("refusal", ["no thank you", "no"])
async def test_who_wants_none_gets_none(refusal: str) -> None:
    desk = Desk()
    await desk.says("a person please")
    await desk.says("no")
    assert (await desk.says(refusal)).say == "All right, no call back."
    assert await desk.numbers() == []


async def test_a_number_that_is_never_understood_is_no_loop_and_no_transfer_to_nobody() -> None:
    desk = Desk("")
    outcomes = [await desk.says("the weather is nice") for _ in range(4)]
    asks = [outcome.ask for outcome in outcomes]
    assert len(set(asks)) == 4
    assert all(outcome.directive is None for outcome in outcomes)
    assert "Please call us again" in (outcomes[-1].say or "")


async def test_what_could_not_be_kept_is_not_said_to_be() -> None:
    desk = Desk()

    async def keep(_: object) -> None:
        raise Unavailable("store", "down")

    desk.book.keep = keep  # type: ignore[method-assign]
    await desk.says("a person please")
    outcome = await desk.says("yes")
    assert not outcome.ok
    assert "couldn't note" in (outcome.say or "")


async def test_a_number_that_a_model_made_up_is_not_taken() -> None:
    desk = Desk("")
    context = desk.caller("call me back")
    outcome = await desk.runner.run("request_callback", json.dumps({"callback_number": "2065550199"}), context)
    assert outcome.expects == "callback_number"


async def test_an_agent_without_the_tool_has_it_once_nobody_could_be_reached() -> None:
    runner = Desk().runner
    bare = STORE.agents["fnol_intake"].model_copy(update={"tools": ()})
    assert [schema.name for schema in runner.schemas(bare)] == []
    assert [schema.name for schema in runner.schemas(bare, nobody=True)] == ["request_callback"]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"said": {"full_name": "Laura Green"}}, "Laura Green"),
        ({"said": {"full_name": "A B"}, "for_another": True}, ""),
    ],
)
async def test_the_name_that_a_caller_gave_goes_with_the_wish(known: dict[str, object], name: str) -> None:
    desk = Desk()
    desk.session.facts["_identity"] = known
    await desk.says("a person please")
    await desk.says("yes please")
    (wish,) = await desk.book.list()
    assert wish.name == name
