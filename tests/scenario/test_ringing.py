"""While a colleague's phone rings the caller is not alone: they hear something, and are answered."""

import asyncio
import itertools
from collections.abc import Callable

import pytest
from answering import Answers

from backend.domain.tool import TransferToPerson
from backend.testing.stage import Stage, line_spec
from backend.testing.virtual_time import run_virtual

PERSON = {
    "number": "+18005550199",
    "announcement": "I'll connect you now.",
    "failure": "Nobody is free.",
    "waiting": ["It rings.", "It rings still."],
    "still_ringing": "I am here.",
    "emergency": "Stay on the line.",
}
ASKS = "a person please"


def _stage(rings_s: float, *, taken: bool, emergency: bool = False) -> Stage:
    directive = TransferToPerson("asked for one", emergency=emergency)
    stage = Stage(Answers(("Sure.", directive), "Good.", line=line_spec(person=PERSON)))

    async def transfer(asked: TransferToPerson) -> bool:
        stage.transfers.append(asked)
        await asyncio.sleep(rings_s)
        return taken

    stage._transfer = transfer  # type: ignore[method-assign]
    return stage


def _made(make: Callable[[], Stage], seconds: float, *says: tuple[str, float]) -> tuple[Stage, str]:
    async def story() -> tuple[Stage, str]:
        stage = make()
        stage.caller.says(ASKS, at=2)
        for text, at in says:
            stage.caller.says(text, at=at)
        await stage.play(seconds)
        return stage, stage.heard

    return run_virtual(story())


@pytest.mark.parametrize("taken", [True, False])
def test_something_is_heard_every_ten_seconds(taken: bool) -> None:
    stage, heard = _made(lambda: _stage(40, taken=taken), 70)
    assert "I'll connect you now. It rings. It rings still. It rings." in heard
    assert stage.ending is not None
    assert stage.ending.outcome == ("transferred" if taken else "caller_hung_up")
    assert ("Nobody is free." in heard) is not taken
    times = [at for at, _ in stage.link.sent if at < stage.began + 40]
    assert max(later - at for at, later in itertools.pairwise(times)) < 12


def test_what_the_caller_says_meanwhile_is_answered_and_kept() -> None:
    stage, heard = _made(lambda: _stage(40, taken=True), 70, ("hello is anybody there", 9))
    assert "I'll connect you now. I am here. It rings." in heard
    assert "caller: hello is anybody there" in stage.dialogue


def test_the_caller_may_call_it_off() -> None:
    stage, heard = _made(lambda: _stage(40, taken=True), 25, ("never mind", 9))
    assert heard.endswith("I'll connect you now. Good.")
    assert isinstance(stage.responder, Answers)
    assert stage.responder.asked[-1] == "never mind"


def test_an_emergency_is_not_called_off_by_a_word() -> None:
    stage, _ = _made(lambda: _stage(30, taken=True, emergency=True), 45, ("please stop", 9))
    assert stage.ending is not None
    assert stage.ending.outcome == "transferred"


def test_nothing_is_left_ringing_when_the_caller_hangs_up() -> None:
    stage, _ = _made(lambda: _stage(400, taken=True), 15)
    assert stage.ending is not None
    assert stage.ending.outcome == "caller_hung_up"


def test_a_noisy_line_is_spoken_into_all_the_same() -> None:
    def make() -> Stage:
        stage = _stage(44, taken=True)
        stage.caller.coughs(at=6, lasts=60)
        return stage

    _, heard = _made(make, 70)
    assert "It rings." in heard
