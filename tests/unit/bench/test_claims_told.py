"""Each caller of the bench gets through the whole of their claim, in text: who is stuck measures nothing."""

import random
from datetime import datetime
from pathlib import Path

import pytest

from backend.cli.house import Choices, open_house, open_store
from backend.rehearsal.rehearsed_call import RehearsedCall
from bench.claim_story import ClaimStory
from config import load_settings

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 27, 10, 17)


@pytest.mark.parametrize("caller", range(6))
async def test_a_caller_tells_a_claim_to_the_goodbye(caller: int) -> None:
    settings, story, heard = load_settings(), ClaimStory(random.Random(caller)), 0
    async with open_house(settings, open_store(settings, ROOT), Choices()) as house:
        line = next(line for line in house.store.lines.values() if "+18005550100" in line.numbers)
        call = RehearsedCall(house, line, NOW)
        call.open()
        for _ in range(30):
            asked = " ".join(call.said(heard))
            heard = len(call.history)
            assert story.knows(asked), asked
            reply = story.reply_to(asked)
            assert reply is not None
            await call.say(reply.text)
            if reply.last:
                break
    assert call.ending is not None and call.ending.outcome == "completed"
    assert (case := call.case()) is not None and case.status == "filed"
