"""``ringmaster livekit setup`` against the stand-in for LiveKit's SIP service: twice is once, a try changes nothing."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from livekit.api import LiveKitAPI
from livekit.protocol.sip import (
    CreateSIPInboundTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    ListSIPOutboundTrunkRequest,
    SIPInboundTrunkInfo,
)

from backend.adapters.livekit.trunk_setup import TrunkSetup, TrunkWish
from backend.cli.livekit import set_up
from backend.errors import ConfigError, ProviderError, ProviderRejected
from config import load_settings
from local_azure.livekit.access import LiveKitAccess
from local_azure.livekit.server_process import LiveKitServer
from local_azure.server import emulator

pytestmark = pytest.mark.real

KEY, SECRET = "devkey", "a secret that is long enough for a token"
WISH = TrunkWish(
    "ringmaster", ["+18005550100", "+18005550101"], "ringmaster", "sip.example.com", ["192.0.2.1"], "user", "password"
)


@pytest.fixture
async def api() -> AsyncGenerator[LiveKitAPI]:
    """LiveKit's own client; trunks need no rooms, so there is no server behind it."""
    access = LiveKitAccess("ws://127.0.0.1:9", KEY, SECRET)
    async with emulator(livekit=access) as azure, LiveKitAPI(azure.url, KEY, SECRET) as client:
        yield client


async def kept(api: LiveKitAPI) -> tuple[list, list, list]:
    """What the project has."""
    inbound = await api.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
    outbound = await api.sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())
    rules = await api.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())
    return list(inbound.items), list(outbound.items), list(rules.items)


async def test_numbers_lead_into_rooms_of_their_own_with_our_agent(api: LiveKitAPI) -> None:
    done = await TrunkSetup(api, dry_run=False).run(WISH)
    assert [(one.what, one.came_of_it) for one in done] == [
        ("inbound trunk", "made"), ("outbound trunk", "made"), ("dispatch rule", "made"),
    ]  # fmt: skip
    (inbound,), (outbound,), (rule,) = await kept(api)
    assert (list(inbound.numbers), list(inbound.allowed_addresses)) == ([*WISH.numbers], ["192.0.2.1"])
    assert (outbound.address, outbound.sip_trunk_id) == ("sip.example.com", done[1].id)
    assert list(rule.trunk_ids) == [inbound.sip_trunk_id]
    assert rule.rule.dispatch_rule_individual.room_prefix == "call-"
    assert [agent.agent_name for agent in rule.room_config.agents] == ["ringmaster"]


async def test_a_second_time_changes_nothing(api: LiveKitAPI) -> None:
    first = await TrunkSetup(api, dry_run=False).run(WISH)
    before = await kept(api)
    again = replace(WISH, numbers=[*reversed(WISH.numbers)])
    second = await TrunkSetup(api, dry_run=False).run(again)
    assert [one.came_of_it for one in second] == ["as it was"] * 3
    assert [one.id for one in second] == [one.id for one in first]
    assert await kept(api) == before


async def test_what_differs_is_changed_in_its_place(api: LiveKitAPI) -> None:
    first = await TrunkSetup(api, dry_run=False).run(WISH)
    wish = replace(WISH, numbers=["+18005550102"], agent_name="other")
    done = await TrunkSetup(api, dry_run=False).run(wish)
    assert [(one.came_of_it, one.differs) for one in done] == [
        ("changed", ("numbers",)), ("changed", ("numbers",)), ("changed", ("room_config",)),
    ]  # fmt: skip
    assert [one.id for one in done] == [one.id for one in first]
    (inbound,), _, (rule,) = await kept(api)
    assert list(inbound.numbers) == ["+18005550102"]
    assert [agent.agent_name for agent in rule.room_config.agents] == ["other"]


async def test_a_try_changes_nothing(api: LiveKitAPI) -> None:
    done = await TrunkSetup(api, dry_run=True).run(WISH)
    assert [one.came_of_it for one in done] == ["would be made"] * 3
    assert await kept(api) == ([], [], [])
    await TrunkSetup(api, dry_run=False).run(WISH)
    before = await kept(api)
    done = await TrunkSetup(api, dry_run=True).run(replace(WISH, address="sip.other.example"))
    assert [one.came_of_it for one in done] == ["as it was", "would be changed", "as it was"]
    assert await kept(api) == before


async def test_what_others_made_is_left_alone(api: LiveKitAPI) -> None:
    other = SIPInboundTrunkInfo(name="theirs", numbers=["+18005550109"])
    await api.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=other))
    await TrunkSetup(api, dry_run=False).run(replace(WISH, address=""))
    inbound, outbound, _ = await kept(api)
    assert {one.name: list(one.numbers) for one in inbound}["theirs"] == ["+18005550109"]
    assert (len(inbound), outbound) == (2, [])


async def test_a_wrong_key_is_said_to_be_one(api: LiveKitAPI) -> None:
    url = api.sip._client.host  # pyright: ignore
    async with LiveKitAPI(url, KEY, "another secret that is just as long") as stranger:
        with pytest.raises(ProviderRejected, match="does not let LIVEKIT_API_KEY"):
            await TrunkSetup(stranger, dry_run=True).run(WISH)


async def test_what_livekit_refuses_is_told_in_its_words(api: LiveKitAPI) -> None:
    other = SIPInboundTrunkInfo(name="theirs", numbers=[*WISH.numbers])
    theirs = await api.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=other))
    with pytest.raises(ProviderRejected, match=f"Conflicting inbound SIP Trunks: '{theirs.sip_trunk_id}'"):
        await TrunkSetup(api, dry_run=False).run(WISH)


@pytest.mark.livekit
async def test_a_server_without_a_sip_service_is_said_to_have_none(livekit_server: LiveKitServer) -> None:
    async with LiveKitAPI(livekit_server.http_url, livekit_server.api_key, livekit_server.api_secret) as client:
        with pytest.raises(ProviderError, match="has no SIP service"):
            await TrunkSetup(client, dry_run=True).run(WISH)


def project(monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that nobody may ask."""
    monkeypatch.setenv("LIVEKIT_URL", "ws://127.0.0.1:9")
    monkeypatch.setenv("LIVEKIT_API_KEY", KEY)
    monkeypatch.setenv("LIVEKIT_API_SECRET", SECRET)


@pytest.mark.parametrize(
    ("numbers", "address", "allowed", "told"),
    [
        (["18005550100"], "", ["192.0.2.1"], "--number: expected one such as"),
        (["+1800", "+18005550100"], "", ["192.0.2.1"], "got '[+]1800'"),
        ([], "sip:line@sip.example.com", ["192.0.2.1"], "--address: expected a host"),
        ([], "sip.example.com;transport=tls", ["192.0.2.1"], "--address: expected a host"),
        ([], "", ["sip.example.com"], "--allow: expected an IP address"),
        (["x"], "y z", ["w"], "--number: .*\n--address: .*\n--allow: "),
    ],
)
def test_what_brings_no_call_is_refused_before_anything_is_asked(
    numbers: list[str], address: str, allowed: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(monkeypatch)
    with pytest.raises(ConfigError, match=told):
        set_up(load_settings(), "ringmaster", numbers, address, allowed, dry_run=True)


@pytest.mark.parametrize("missing", ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
def test_a_project_without_a_key_is_told_in_a_sentence(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project(monkeypatch)
    monkeypatch.setenv(missing, "")
    with pytest.raises(ConfigError, match=f"{missing}.*expected"):
        set_up(load_settings(), "ringmaster", [], "", ["192.0.2.1", "198.51.100.0/24", "2001:db8::1"], dry_run=True)


@pytest.mark.parametrize(
    ("numbers", "allowed", "user", "password", "told"),
    [
        ([], [], "", "", "expected one; else anybody"),
        ([], ["192.0.2.1"], "user", "", "expected both or neither"),
        ([], [], "", "password", "expected both or neither"),
    ],
)
def test_what_would_let_anybody_in_is_refused_before_anything_is_asked(
    numbers: list[str], allowed: list[str], user: str, password: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(monkeypatch)
    monkeypatch.setenv("SIP_TRUNK_USER", user)
    monkeypatch.setenv("SIP_TRUNK_PASSWORD", password)
    with pytest.raises(ConfigError, match=told):
        set_up(load_settings(), "ringmaster", numbers, "", allowed, dry_run=True)


def test_a_store_whose_lines_have_no_numbers_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    project(monkeypatch)
    monkeypatch.setattr("backend.cli.livekit._numbers", lambda _: [])
    with pytest.raises(ConfigError, match="--number: expected one"):
        set_up(load_settings(), "ringmaster", [], "", ["192.0.2.1"], dry_run=True)
