"""What machines that take a placed call get to hear, by whichever way it was placed: one contract for all of them.

Nothing here is scripted: the machine speaks with a voice, over the line of that way, and is told by what arrives of it.
"""

import asyncio
import re
import shutil
from pathlib import Path

from house import House

from backend.domain.call import CallRecord, WayOut
from local_azure.phone.desk import NumberRule
from local_azure.phone.phone import Phone

__all__ = ["VoicemailSuite", "store_of_two_lines"]

THERE = "+13125550142"
MESSAGE = "This is Meridian Mutual. Please call us back."
PLAIN = "This is the home of the Millers and of their three cats."
"""Nothing in it is said by machines only."""
LONG = (
    "Good day and thank you for ringing the Miller family in Springfield where the sun shines on the river and the "
    "children play in the garden with the three cats and the old brown dog all through the long summer afternoon"
)
"""No person greets anybody for so long."""
LEAVES, HANGS_UP = "insurance_with_messages", "insurance"
"""Lines: what a machine gets is theirs to say."""
LEAVE = f"""
voicemail:
  action: leave
  message: {MESSAGE}
"""


def store_of_two_lines(folder: Path) -> str:
    """The agent store, with a second line that leaves machines a message."""
    store = folder / "agent_store"
    shutil.copytree(Path(__file__).resolve().parents[2] / "agent_store", store)
    line = (store / "lines" / f"{HANGS_UP}.yaml").read_text("utf-8")
    for ours, other in ((f"name: {HANGS_UP}", f"name: {LEAVES}"), ("+180055501", "+180055502")):
        assert ours in line
        line = line.replace(ours, other)
    (store / "lines" / f"{LEAVES}.yaml").write_text(line + LEAVE, "utf-8")
    return str(store)


class VoicemailSuite:
    """The contract. Who takes it has a fixture ``placing``: the server, with a store of two lines, and the way out."""

    async def test_a_machine_is_hung_up_on_by_its_words(self, placing: tuple[House, WayOut]) -> None:
        call, phone = await _placed(*placing, NumberRule("voicemail", 0.3))
        assert (call.outcome, call.detail) == ("voicemail", "hung up on the machine")
        assert phone.heard == ""  # its words or its beep, whichever is known first, are waited for
        assert not any(turn.heard for turn in call.turns)

    async def test_a_machine_is_left_the_message_after_its_beep(self, placing: tuple[House, WayOut]) -> None:
        call, phone = await _placed(*placing, NumberRule("voicemail", 0.3, says=PLAIN), LEAVES)
        assert (call.outcome, call.detail) == ("voicemail", "a message was left")
        # An ear behind a codec takes some words for others, and noise for words: more of it than that is not asked.
        _, begins, rest = phone.heard.lower().partition("this is meridian mutual")
        assert begins and len(re.findall(r"\w+", rest)) > 1, phone.heard

    async def test_a_machine_is_told_by_its_long_greeting(self, placing: tuple[House, WayOut]) -> None:
        call, phone = await _placed(*placing, NumberRule("answers", 0.3, says=LONG))
        assert (call.outcome, phone.heard) == ("voicemail", "")


async def _placed(home: House, out: WayOut, rule: NumberRule, line: str = HANGS_UP) -> tuple[CallRecord, Phone]:
    """The call as it is kept once it is over, and the phone that took it."""
    home.azure.phones.rules["*"] = rule
    placed = await home.ringmaster.desk.place(THERE, line, out)
    async with asyncio.timeout(60):
        while True:
            kept = await home.services.records.get(placed.call_id)
            if kept is not None and kept.outcome:
                assert kept.way == out.way
                phone = home.azure.phones.phones[-1]
                if phone.ear is not None:
                    await phone.ear.words.caught_up()
                return kept, phone
            await asyncio.sleep(0.1)
