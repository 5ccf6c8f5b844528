"""Each caller of the bench gets through the whole of their claim, in text: who is stuck measures nothing."""

import random
from datetime import datetime
from pathlib import Path

from backend.cli.rehearsal_parts import Choices, open_rehearsal_parts, open_store
from backend.rehearsal.rehearsed_call import RehearsedCall
from backend.testing.books import MemoryCases
from bench.claim_story import ClaimStory
from config import load_settings

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 27, 10, 17)


async def test_each_caller_tells_a_claim_to_the_goodbye() -> None:
    """All are the same person, so that a claim of the same day is asked about once one is filed."""
    settings, cases = load_settings(), MemoryCases()
    async with open_rehearsal_parts(settings, open_store(settings, ROOT), Choices()) as parts:
        line = next(line for line in parts.store.lines.values() if "+18005550100" in line.numbers)
        for caller in range(6):
            call = RehearsedCall(parts, line, NOW, cases=cases)
            await _tell(call, ClaimStory(random.Random(caller)))
            assert call.ending is not None and call.ending.outcome == "completed"
            assert (case := call.case()) is not None and case.status == "filed"
    assert len({case.number for case in cases.all}) == 6


async def _tell(call: RehearsedCall, story: ClaimStory) -> None:
    call.open()
    heard = 0
    for _ in range(30):
        asked = " ".join(call.said(heard))
        heard = len(call.history)
        assert story.knows(asked), asked
        reply = story.reply_to(asked)
        assert reply is not None
        await call.say(reply.text)
        if reply.last:
            return
