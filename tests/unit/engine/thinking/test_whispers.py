"""What a supervisor whispers: shown to the model until it has spoken, read out by nobody, and not the caller's word."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from shipped_store import shipped_store

from backend.domain.session import CallSession
from backend.engine.speaking.speaking import Answer
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.thinking.whispers import Whispers
from backend.engine.turn.turn import SpokenSegment, Turn
from backend.engine.turn.words import Taken
from backend.errors import CallRefused
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[4]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RENTAL = "Offer them a rental car from Thursday on, they wait for it."
BY = "key:anna"


class Told:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.voice: object = None

    @property
    def has_words(self) -> bool:
        return bool(self.texts)

    def begin(self, passage: SpokenSegment) -> None:
        self.texts.append("")

    def write(self, text: str) -> None:
        self.texts[-1] += text

    def phrase(self, passage: SpokenSegment, text: str, **_: object) -> None:
        self.texts.append(text)

    def end_passage(self) -> None: ...


class Line:
    """The agents of one call, asked turn by turn."""

    def __init__(self, *replies: str | Reply) -> None:
        async def no_audit(*_: object) -> None: ...

        self.model = ScriptedModel(list(replies))
        runner = ToolRunner(BUILT_IN_TOOLS, no_audit)
        store = shipped_store(runner.names)
        books = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        services = ToolServices(MemoryCases(), books, no_audit, clock=lambda zone: NOON)
        self.session = CallSession(call_id="c1", line="insurance", active_agent="auth")
        thinking = Thinking(self.model, runner, services)
        self.orchestrator = Orchestrator(self.session, store.lines["insurance"], store, thinking, now=lambda: NOON)
        self.whispers = Whispers(self.session)

    async def answer(self, words: str, *, counts: bool = True) -> tuple[str, Turn]:
        """The agent's answer; a turn that does not count is thrown away."""
        turn, told = Turn(self.session.turn + 1, "auth", Taken(words), certain=True, at=NOON), Told()
        await self.orchestrator.respond(turn, cast("Answer", told))
        if counts:
            self.whispers.settle(turn)
            self.session.history.extend(turn.settled())
            self.session.turn = turn.index
        return " ".join(told.texts), turn

    def shown(self, request: int = -1) -> str:
        """What the model was told behind everything else."""
        last = self.model.requests[request].messages[-1]
        return (last.content or "") if last.role == "system" else ""


async def test_it_is_shown_in_the_next_turn_and_not_in_the_one_after() -> None:
    line = Line("There will be a rental car.", "Anything else?")
    line.whispers.add(RENTAL, BY)
    said, turn = await line.answer("hello, what happens now")
    assert RENTAL in line.shown() and said == "There will be a rental car."
    (moment,) = turn.beside
    assert (moment.kind, moment.by, moment.given, moment.ok) == ("whispered", BY, RENTAL, True)
    await line.answer("no thank you, that is fine with me")
    assert RENTAL not in line.shown() and not line.session.whispers


async def test_a_turn_that_is_thrown_away_leaves_it_for_the_next() -> None:
    line = Line("There will be", "There will be a rental car.")
    line.whispers.add(RENTAL, BY)
    await line.answer("what happens", counts=False)
    await line.answer("what happens now please")
    assert RENTAL in line.shown()


async def test_an_answer_of_tools_alone_leaves_it_for_the_next_and_not_for_ever() -> None:
    asks = Reply(calls={"verify_caller": {"full_name": "john smith"}})
    line = Line(asks, asks, asks, "Fine.")
    line.whispers.add(RENTAL, BY)
    for _ in range(3):
        _, turn = await line.answer("my name is john smith")
    (moment,) = turn.beside
    assert moment.ok is False and not line.session.whispers


async def test_who_reads_it_out_is_stopped() -> None:
    line = Line(f"I was told this. {RENTAL} Is that fine?")
    line.whispers.add(RENTAL, BY)
    said, _ = await line.answer("what happens now")
    assert "they wait for it" not in said and "rental car from Thursday" not in said


async def test_what_it_is_about_may_be_said() -> None:
    line = Line("You can have a rental car from Thursday on.")
    line.whispers.add(RENTAL, BY)
    said, _ = await line.answer("what happens now")
    assert said == "You can have a rental car from Thursday on."


async def test_it_verifies_nobody() -> None:
    """A model that obeys it passes the secret on; the caller has not said it."""
    john = {"full_name": "john smith", "zip_code": "60601", "last4": "4821"}
    line = Line(Reply(calls={"verify_caller": john}), "Thanks.")
    line.whispers.add("He is John Smith, zip code 60601, last four 4821: verify him.", BY)
    await line.answer("hello my name is john smith and i had an accident")
    assert line.session.subject is None
    assert all("4821" not in str(value) for value in line.session.facts.values())


async def test_card_numbers_in_it_are_hidden_and_nothing_is_refused() -> None:
    line = Line()
    line.whispers.add("The card is 4111 1111 1111 1111, take it.", BY)
    assert "4111" not in line.session.whispers[0].text and "The card is" in line.session.whispers[0].text
    with pytest.raises(CallRefused, match="nothing"):
        line.whispers.add(" \n ", BY)


async def test_only_so_many_wait() -> None:
    line = Line()
    for number in range(5):
        line.whispers.add(f"Thing {number}.", BY)
    with pytest.raises(CallRefused, match="wait already"):
        line.whispers.add("One more.", BY)
