"""Calls from a browser's socket, on a whole server: heard, shown, broken off and gone on with, refused."""

import asyncio
import re
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from house import House, house
from softphone_client import SoftphoneClient, softphone

from backend.adapters.softphone.media_link import SoftphoneLink
from backend.adapters.softphone.phones import ConnectedSoftphones
from backend.agents.edit import changed_files
from backend.domain.api_key import KeyRights
from backend.domain.audit import AuditQuery
from backend.domain.call import CallRecord

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, hurried=True) as opened:
        yield opened


async def over(running: House, call_id: str) -> CallRecord:
    async with asyncio.timeout(30):
        while True:
            record = await running.services.records.get(call_id)
            if record is not None and record.outcome is not None:
                return record
            await asyncio.sleep(0.05)


async def test_who_types_hears_and_sees_the_agent_and_the_call_is_a_test(running: House) -> None:
    async with softphone(running.url, line="insurance", caller="+13125550142", microphone=False) as phone:
        call = await phone.until("call")
        assert (call["line"], call["rate"]) == ("insurance", 16_000)
        await phone.until("state", state="listening")
        assert "Meridian" in phone.said()
        assert len(phone.voice) > 640 * 25 and len(phone.voice) % 640 == 0
        await phone.send("text", text="My policy number is P X seven four two one")
        heard = await phone.until("caller", final=True)
        assert "seven four two one" in heard["text"] or "7421" in heard["text"]
        turn = await phone.until("turn", turn=int(heard["segment"].rpartition("-")[2]))
        assert turn["waits"]["first_frame_ms"] > 0
        await phone.send("bye")
        assert (await phone.until("end"))["outcome"] == "caller_hung_up"
        assert await phone.until_closed() == 1000
    record = await over(running, call["call_id"])
    kept = (record.test, record.way, record.direction, record.outcome)
    assert kept == (True, "softphone", "browser", "caller_hung_up")
    assert record.caller.reveal() == "+13125550142"


async def greeted(phone: SoftphoneClient) -> dict[str, str]:
    call = await phone.until("call")
    await phone.until("state", state="listening")
    return call


async def test_who_lost_the_connection_goes_on_with_the_same_call_after_an_apology(running: House) -> None:
    async with softphone(running.url, microphone=False) as phone:
        call = await greeted(phone)
        await phone.drop()
    async with softphone(running.url, microphone=False, resume=call["resume"]) as back:
        again = await back.until("call")
        assert (again["call_id"], again["line"]) == (call["call_id"], call["line"])
        await back.until("state", state="listening")
        assert "sorry" in back.said().lower()
        assert [one.call_id for one in running.services.desk.live()] == [call["call_id"]]
        await back.send("bye")
        assert await back.until_closed() == 1000
    assert (await over(running, call["call_id"])).outcome == "caller_hung_up"


async def test_who_does_not_come_back_has_hung_up_and_their_secret_opens_nothing(running: House) -> None:
    async with softphone(running.url, microphone=False) as phone:
        call = await greeted(phone)
        await phone.drop()
    assert (await over(running, call["call_id"])).outcome == "caller_hung_up"
    for resume in (call["resume"], "SP_1.nothing"):
        async with softphone(running.url, resume=resume) as late:
            assert (await late.until("error"))["code"] == "call.not_found"
            assert await late.until_closed() == 1008


async def test_an_operator_hangs_up_and_transfers_and_the_softphone_is_told(running: House) -> None:
    async with softphone(running.url, microphone=False) as phone:
        call = await greeted(phone)
        await running.services.desk.transfer(call["call_id"], "+18005550199")
        assert (await phone.until("transfer"))["to"] == "+18005550199"
        assert (await phone.until("end"))["outcome"] == "transferred"
        assert await phone.until_closed() == 1000
    async with softphone(running.url, microphone=False) as phone:
        call = await greeted(phone)
        await running.services.desk.hang_up(call["call_id"])
        assert (await phone.until("end"))["outcome"] == "completed"
        assert await phone.until_closed() == 1000


async def test_what_cannot_be_called_is_said(running: House) -> None:
    async with softphone(running.url, line="nobody") as phone:
        assert (await phone.until("error"))["code"] == "call.refused"
        assert await phone.until_closed() == 1013
    async with softphone(running.url, version="00ff") as phone:
        assert (await phone.until("error"))["code"] == "store.not_found"
        assert await phone.until_closed() == 1008
    async with softphone(running.url, line="Ж" * 60) as phone:
        assert "Ж" * 60 in (await phone.until("error"))["message"]
        assert await phone.until_closed() == 1013
    assert not running.services.desk.live()


async def test_a_draft_is_tried_while_everybody_else_gets_the_live_version(running: House) -> None:
    live = running.services.live
    assert live is not None
    text = live.store.store.files["agents/auth.yaml"]
    changed = re.sub(r"(?m)^greeting: .*$", "greeting: Welcome to the draft.", text)
    assert changed != text
    edit = changed_files({"agents/auth.yaml": changed}, (live.store.store.version,), "ann")
    draft = await live.tried.keep(edit, "ann")
    async with softphone(running.url, version=draft.version, microphone=False) as phone:
        call = await greeted(phone)
        assert call["version"] == draft.version and "Welcome to the draft" in phone.said()
    async with softphone(running.url, microphone=False) as phone:
        assert (await greeted(phone))["version"] == live.store.store.version
        assert "draft" not in phone.said()


async def test_no_more_softphones_than_calls_are_taken(tmp_path: Path) -> None:
    async with house(tmp_path, MAX_CALLS="1") as running, softphone(running.url, microphone=False) as first:
        await first.until("call")
        async with softphone(running.url, microphone=False) as second:
            refused = await second.until("error")
            assert refused["code"] == "call.refused" and "busy" in refused["message"]
            assert await second.until_closed() == 1013


async def test_who_may_not_call_is_refused_by_the_door(tmp_path: Path) -> None:
    async with house(tmp_path, hurried=True, API_KEY="k" * 40) as running:
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": f"Bearer {'k' * 40}", "Origin": "https://evil.example"},
        ):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                async with softphone(running.url, headers=headers):
                    pass
            assert refused.value.status in (401, 403)
        async with softphone(running.url, headers={"Authorization": f"Bearer {'k' * 40}"}, microphone=False) as phone:
            await phone.until("call")


async def test_the_secret_of_another_lines_call_is_worth_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry, carried = ConnectedSoftphones.carry, list[str]()

    def noted(phones: ConnectedSoftphones, connection_id: str, token: str, link: SoftphoneLink) -> None:
        carried.append(connection_id)
        carry(phones, connection_id, token, link)

    monkeypatch.setattr(ConnectedSoftphones, "carry", noted)
    async with house(tmp_path, hurried=True, API_KEY="k" * 40) as running:
        keys = running.services.keys
        assert keys is not None
        headers: list[dict[str, str]] = []
        for line in ("insurance", "bank"):
            rights = KeyRights(frozenset({"operator"}), frozenset({line}))
            headers.append({"Authorization": f"Bearer {(await keys.add(line, rights, by='test')).token}"})
        own, strange = headers
        async with softphone(running.url, headers=own, line="insurance", microphone=False) as phone:
            call = await greeted(phone)
            async with softphone(running.url, headers=own, resume=call["resume"]) as second:
                assert (await second.until("error"))["code"] == "call.not_found", "it is carried already"
            await phone.drop()
        for _ in range(3):
            async with softphone(running.url, headers=strange, resume=call["resume"]) as thief:
                assert (await thief.until("error"))["code"] == "call.not_found"
                assert not [event for event in thief.events if event["type"] == "call"]
        assert len(carried) == 1, "nobody was taken for the caller, not for a moment"
        async with softphone(running.url, headers=own, resume=call["resume"], microphone=False) as back:
            assert (await back.until("call"))["call_id"] == call["call_id"]
            await back.send("bye")
            assert await back.until_closed() == 1000


async def test_who_may_not_any_more_is_shown_out_of_their_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.api.standing._ASKED_S", 0.2)
    monkeypatch.setattr("backend.api.key_ring._FRESH_S", 0.0)
    async with house(tmp_path, hurried=True, API_KEY="k" * 40) as running:
        keys, audit = running.services.keys, running.services.audit
        assert keys is not None and audit is not None
        made = await keys.add("anna", KeyRights(frozenset({"operator"}), frozenset({"insurance"})), by="test")
        shown = {"Authorization": f"Bearer {made.token}"}
        async with softphone(running.url, headers=shown, microphone=False) as phone:
            call = await greeted(phone)
            (entry,) = await audit.list(AuditQuery(target=call["call_id"], action="softphone.call"), limit=10, before=0)
            assert entry.entry.line == "insurance"
            await keys.revoke("anna")
            assert (await phone.until("error"))["code"] == "auth.forbidden"
            assert await phone.until_closed() == 1008
        assert (await over(running, call["call_id"])).outcome == "caller_hung_up"
