"""Caps and the block list: who is let in, who is called, what is counted."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.block import Block
from backend.domain.dialing import country_of, why_not
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.spending import MemorySpending
from backend.domain.tries import MemoryTries
from backend.engine.desk.gate import CallGate, Caps, Refusal
from backend.errors import CallRefused, Unavailable
from backend.testing.people_books import MemoryBlocks
from backend.testing.stage import ENGLISH

CALLER, OTHER = Private("+13125550142"), Private("+13125550143")
NOW = datetime.now(UTC)


class Clock:
    def __init__(self) -> None:
        self.s = 1_000_000.0

    def __call__(self) -> float:
        return self.s


class House:
    def __init__(self, **caps: float) -> None:
        self.clock, self.blocks, self.live, self.tokens = Clock(), MemoryBlocks(), 0, 0
        self.gate = CallGate(
            Caps(**caps), MemoryTries(3600, self.clock), MemoryTries(24 * 3600, self.clock), MemorySpending(self.clock),
            self.blocks, live=lambda: self.live, tokens=lambda: self.tokens,
        )  # fmt: skip

    async def ring(self, caller: Private = CALLER, **how: bool) -> str:
        refusal = await self.gate.incoming(caller, "main", **how)
        return refusal.why if refusal else ""

    async def block(self, number: str, **changes: object) -> None:
        values = {"id": number, "number": Private(number), "why": "w", "by": "b", "at": NOW} | changes
        await self.blocks.add(Block(**values))
        await self.gate.refresh()


def line(**changes: object) -> LineSpec:
    return LineSpec.model_validate(
        {"name": "main", "numbers": ["+18005550100"], "entry": "one", "agents": ["one"],
         "person": {"number": "+498005550199"}, "timezone": "America/Chicago"} | changes
    )  # fmt: skip


async def test_a_caller_has_so_many_calls_in_an_hour_and_then_no_more() -> None:
    house = House(caller_hour=2)
    assert [await house.ring() for _ in range(3)] == ["", "", "caller"]
    assert await house.ring(OTHER) == ""
    house.clock.s += 3601
    assert await house.ring() == ""
    assert house.gate.stats()["refused"] == {"caller": 1}


async def test_a_caller_has_so_many_calls_in_a_day_over_all_hours() -> None:
    house, answers = House(caller_hour=2, caller_day=3), []
    for _ in range(3):
        answers += [await house.ring(), await house.ring()]
        house.clock.s += 3601
    assert answers == ["", "", "", "caller", "caller", "caller"]


async def test_what_a_day_refuses_does_not_use_up_the_hour() -> None:
    house = House(caller_hour=1, calls_day=1)
    assert await house.ring(OTHER) == ""
    house.clock.s += 23.5 * 3600
    assert await house.ring() == "day"
    house.clock.s += 0.5 * 3600 + 1
    assert await house.ring() == "", "the refused call is not one of this hour"


async def test_a_day_has_so_many_calls_in_all_and_withheld_numbers_count_too() -> None:
    house = House(calls_day=2, caller_hour=1)
    assert [await house.ring(Private("anonymous")) for _ in range(3)] == ["", "", "day"]


async def test_tests_are_not_capped_but_blocked_all_the_same() -> None:
    house = House(caller_hour=1, calls_day=1, cost_day=1)
    assert [await house.ring(test=True) for _ in range(5)] == [""] * 5
    await house.block(CALLER.reveal())
    assert await house.ring(test=True) == "blocked"


async def test_without_caps_nobody_is_turned_away() -> None:
    house = House()
    assert [await house.ring() for _ in range(100)] == [""] * 100


async def test_a_flood_hears_the_sentence_a_few_times_and_then_the_busy_tone() -> None:
    house = House(caller_hour=1)
    await house.ring()
    told = [(await house.gate.incoming(CALLER, "main")).told for _ in range(8)]
    assert told == [True] * 5 + [False] * 3
    assert await House(cost_day=-1).gate.incoming(Private(""), "main") is None


async def test_what_calls_and_tokens_cost_is_capped() -> None:
    house = House(cost_day=1.0, minute=0.06, token=0.00001)
    house.live, house.tokens = 10, 20_000
    await house.gate.spend(60)
    await house.gate.refresh()
    assert house.gate.stats()["spent_24h"] == pytest.approx(0.8)
    assert await house.ring() == ""
    await house.gate.spend(60)
    await house.gate.refresh()
    assert house.gate.stats()["spent_24h"] == pytest.approx(1.4), "tokens are counted once"
    assert await house.ring() == "cost"
    with pytest.raises(CallRefused, match="COST_PER_DAY"):
        await house.gate.placed("+13125550100", line())
    house.clock.s += 25 * 3600
    await house.gate.refresh()
    assert await house.ring() == ""


@pytest.mark.parametrize(
    ("block", "changes", "blocked"),
    [
        ("+13125550142", {}, True),
        ("+1312555014", {}, False),
        ("+1312", {"prefix": True}, True),
        ("+1313", {"prefix": True}, False),
        ("+13125550142", {"line": "other"}, False),
        ("+13125550142", {"line": "main"}, True),
        ("+13125550142", {"until": NOW - timedelta(seconds=1)}, False),
        ("+13125550142", {"until": NOW + timedelta(hours=1)}, True),
        ("", {}, False),
    ],
)
async def test_a_block_holds_back_whom_it_names(block: str, changes: dict, blocked: bool) -> None:
    house = House()
    await house.block(block, **changes)
    assert (await house.ring() == "blocked") is blocked


async def test_callers_who_withhold_their_number_can_be_blocked() -> None:
    house = House()
    await house.block("")
    assert [await house.ring(Private(number)) for number in ("", "anonymous", "+13125550142", "8:acs:x")] == [
        "blocked", "blocked", "", "",
    ]  # fmt: skip


async def test_the_last_block_list_holds_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    await house.block(CALLER.reveal())

    async def away() -> None:
        raise Unavailable("store", "away")

    monkeypatch.setattr(house.blocks, "list", away)
    await house.gate.refresh()
    assert await house.ring() == "blocked"


async def test_a_number_is_called_so_often_in_a_day_and_so_many_are_in_all() -> None:
    house = House(placed_number_day=2, placed_day=3)
    for _ in range(2):
        await house.gate.placed("+13125550100", line())
    with pytest.raises(CallRefused, match="PLACED_CALLS_PER_NUMBER_DAY"):
        await house.gate.placed("+13125550100", line())
    await house.gate.placed("+13125550101", line())
    with pytest.raises(CallRefused, match="PLACED_CALLS_PER_DAY"):
        await house.gate.placed("+13125550102", line())
    await house.gate.placed("+13125550103", line(), test=True)


async def test_nobody_is_connected_with_a_blocked_number_but_the_lines_person_always_is() -> None:
    house = House(placed_number_day=1)
    await house.block("+13125550100")
    with pytest.raises(CallRefused, match="block list"):
        await house.gate.placed("+13125550100", line())
    for _ in range(3):
        await house.gate.placed("+498005550199", line())


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+13125550142", "+1"), ("+14165550142", "+1"), ("+18765550142", "+1876"), ("+442071838750", "+44"),
        ("+35312345678", "+353"), ("+79161234567", "+7"), ("+4930123456", "+49"), ("+37012345678", "+370"),
        ("+882161234567", "+882"),
    ],
)  # fmt: skip
def test_a_number_is_of_a_country(number: str, country: str) -> None:
    assert country_of(number) == country


@pytest.mark.parametrize(
    ("number", "own", "destinations", "says"),
    [
        ("+13125550142", ["+18005550100"], [], ""),
        ("+18765550142", ["+18005550100"], [], "another country"),
        ("+19005550142", ["+18005550100"], [], "cost extra"),
        ("+442071838750", ["+18005550100"], [], "another country"),
        ("+442071838750", ["+18005550100", "+442071838700"], [], ""),
        ("+449061234567", ["+442071838700"], [], "cost extra"),
        ("+442071838750", ["+18005550100"], ["+44", "+1312"], ""),
        ("+12065550142", ["+18005550100"], ["+44", "+1312"], "destinations"),
        ("+13125550142", ["8:acs:x"], [], "another country"),
    ],
)
async def test_a_line_calls_its_own_country_or_what_it_names(
    number: str, own: list[str], destinations: list[str], says: str
) -> None:
    why = why_not(number, own, destinations)
    assert says in why
    assert bool(says) == bool(why)


async def test_a_call_abroad_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(CallRefused, match="names its destinations"):
        await House().gate.placed("+442071838750", line())
    await House().gate.placed("+442071838750", line(placing={"destinations": ["+44"]}))


def test_a_refusal_says_what_to_do_in_an_emergency() -> None:
    assert "911" in ENGLISH.capped
    assert "911" in ENGLISH.blocked
    with pytest.raises(ValueError, match="capped"):
        line(refusals={"capped": "reject"})
    assert Refusal("cost", told=True).told
