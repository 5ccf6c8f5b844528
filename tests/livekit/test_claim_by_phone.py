"""A recorded caller comes through a SIP participant in a real room, and gets done what they would get done through ACS.

Both sides hear each other through Opus: the caller is understood by the recognizer, and the agent by the wave.
"""

import asyncio
from pathlib import Path

import pytest
from house import house, persona
from rooms_office import greeted, registered

from local_azure.livekit.server_process import LiveKitServer
from local_azure.phone.caller import CallLimits, PersonaCaller
from local_azure.phone.persona import Persona, Utterance

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(420)]

LINE = "+18005550100"
PERSON, PERSON_KEY = "+18005550199", "0"
WANTS_A_PERSON = Utterance(
    id="person",
    text="can i speak to a person please",
    press=PERSON_KEY,  # words that went through a codec may be heard as other ones, a key may not
    when_asked=("anything else", "what else", "claim number is"),
)


def who_wants_a_person_then() -> Persona:
    """The caller of ``rear_end``, who has one more wish once they have heard the number of their claim."""
    told = persona("rear_end")
    others = (one.model_copy(update={"when_asked": ()}) if one.id == "no" else one for one in told.utterances)
    return told.model_copy(update={"utterances": (*others, WANTS_A_PERSON)})


async def test_a_recorded_caller_files_a_claim_is_handed_on_by_refer_and_hangs_up(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with house(tmp_path, stt="sphinx", tts="espeak", livekit=livekit_server.access) as running:
        await registered(running)
        running.azure.livekit_sip.take_every_number("ringmaster")
        colleague = running.azure.phones.wait_at(PERSON)
        phone = running.azure.phones.dial(LINE, via="livekit")
        report = await PersonaCaller(phone, who_wants_a_person_then(), CallLimits()).run()
        record = await running.record(report.connection_id)
        print("\n".join(f"{turn['caller']!r} -> {turn['said']!r}" for turn in report.turns))
        assert (record.outcome, report.ended_by, report.transferred_to) == ("transferred", "transferred", PERSON)
        assert record.connection_id.startswith("LK_") and "pressed the key for a person" in record.detail
        assert record.case_number is not None
        case = await running.services.cases.get(record.case_number)
        assert case is not None and case.subject == "POL-A10001"
        assert colleague.line is not None
        headers = colleague.line.headers
        assert headers["X-Ringmaster-Call-Id"] == record.call_id
        assert record.case_number in headers.values()
        assert await colleague.until_ended(60) == "far_end"  # the caller has hung up on them
        async with asyncio.timeout(30):
            while running.services.stats()["livekit"]["rooms"]:
                await asyncio.sleep(0.05)


async def test_a_caller_is_put_through_to_a_person_and_another_hangs_up(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with house(tmp_path, stt="sphinx", tts="espeak", livekit=livekit_server.access) as running:
        await registered(running)
        running.azure.livekit_sip.take_every_number("ringmaster")
        phone = running.azure.phones.dial(LINE, via="livekit")
        await greeted(phone)
        phone.press(PERSON_KEY)
        await phone.until(lambda: phone.moved_to is not None, 40)
        assert (await running.record(phone.connection_id)).outcome == "transferred"
        assert phone.state == "connected"  # with the person
        phone.hang_up()

        second = running.azure.phones.dial(LINE, via="livekit")
        await greeted(second)
        second.hang_up()
        assert (await running.record(second.connection_id)).outcome == "caller_hung_up"
