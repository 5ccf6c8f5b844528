"""What can be seen and changed of a running local Azure, and its tokens and messages."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import jwt
import pytest
from azure.communication.sms.aio import SmsClient
from azure.core.credentials import AzureKeyCredential

from backend.errors import ConfigError
from local_azure.faults import Fault, Faults
from local_azure.server import EmulatorServer
from local_azure.state import EmulatorState


@pytest.fixture
async def web() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def call(web: aiohttp.ClientSession, method: str, url: str, body: Any = None) -> tuple[int, Any]:
    async with web.request(method, url, json=body) as answer:
        return answer.status, await answer.json() if answer.content_length else None


async def test_health_tells_how_it_is_set(azure: EmulatorServer, web: aiohttp.ClientSession) -> None:
    status, body = await call(web, "GET", f"{azure.url}/emulator/health")
    assert status == 200
    assert body["engines"] == {"stt": "scripted", "tts": "tone"}
    assert (body["latency"], body["calls"], body["faults"]) == ("none", 0, 0)


async def test_faults_are_queued_and_cleared(azure: EmulatorServer, web: aiohttp.ClientSession) -> None:
    url = f"{azure.url}/emulator/faults"
    await call(web, "POST", url, {"service": "tts", "fault": {"kind": "stall", "after": 3}})
    _, waiting = await call(web, "GET", url)
    assert waiting["tts"][0]["after"] == 3
    _, waiting = await call(web, "DELETE", url)
    assert waiting == {}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "faults", {"service": "toaster", "fault": {"kind": "stall"}}),
        ("POST", "faults", {"service": "tts", "fault": {"kind": "explode"}}),
        ("PUT", "latency", {"profile": "warp"}),
        ("PUT", "engines", {"stt": "ears"}),
        ("POST", "subscriptions", {}),
        ("PUT", "event-grid", {"duplicates": -1}),
        ("PUT", "numbers/+1", {"behavior": "sings"}),
    ],
)
async def test_nonsense_is_refused(
    azure: EmulatorServer, web: aiohttp.ClientSession, method: str, path: str, body: Any
) -> None:
    status, answer = await call(web, method, f"{azure.url}/emulator/{path}", body)
    assert status == 422
    assert answer["error"]


async def test_pace_and_engines_change(azure: EmulatorServer, web: aiohttp.ClientSession) -> None:
    _, pace = await call(web, "PUT", f"{azure.url}/emulator/latency", {"profile": "typical"})
    assert pace["model_first_token"] == 350
    await call(web, "PUT", f"{azure.url}/emulator/engines", {"tts": "espeak"})
    assert (azure.state.engine_stt, azure.state.engine_tts) == ("scripted", "espeak")
    await call(web, "PUT", f"{azure.url}/emulator/engines", {"model_manner": "dumb"})
    assert (azure.state.engine_tts, azure.state.model_manner) == ("espeak", "dumb")


async def test_number_follows_its_rule(application: Any, web: aiohttp.ClientSession) -> None:
    url = application.azure.url
    await call(web, "PUT", f"{url}/emulator/numbers/+1999", {"behavior": "busy", "seconds": 0})
    assert application.azure.phones.rules["+1999"].behavior == "busy"
    status, _ = await call(web, "DELETE", f"{url}/emulator/numbers/+1999")
    assert status == 204


async def test_call_is_shown_with_its_events_and_can_be_hung_up(application: Any, web: aiohttp.ClientSession) -> None:
    phone = application.azure.phones.dial("+18005550100")
    await phone.until_connected()
    await application.socket()
    url = f"{application.azure.url}/emulator/calls"
    _, calls = await call(web, "GET", url)
    assert calls["calls"][0]["callConnectionId"] == phone.connection_id
    _, one = await call(web, "GET", f"{url}/{phone.connection_id}")
    assert one["media"]["connections"] == 1
    assert one["events"][0]["type"].endswith("CallConnected")
    await call(web, "DELETE", f"{url}/{phone.connection_id}")
    assert await phone.until_ended() == "hung_up"
    status, _ = await call(web, "GET", f"{url}/unknown")
    assert status == 404


async def test_entra_gives_tokens_that_its_keys_confirm(azure: EmulatorServer, web: aiohttp.ClientSession) -> None:
    root = f"{azure.url}/entra/local"
    form = {"client_id": "ops", "scope": "api://ringmaster/.default", "roles": "operator viewer"}
    async with web.post(f"{root}/oauth2/v2.0/token", data=form) as answer:
        token = (await answer.json())["access_token"]
    _, openid = await call(web, "GET", f"{root}/v2.0/.well-known/openid-configuration")
    _, keys = await call(web, "GET", openid["jwks_uri"])
    key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience="api://ringmaster", issuer=openid["issuer"])
    assert claims["roles"] == ["operator", "viewer"]
    async with web.post(f"{root}/oauth2/v2.0/token", data={}) as answer:
        assert answer.status == 400


@pytest.mark.real
async def test_text_messages_are_kept(azure: EmulatorServer, web: aiohttp.ClientSession) -> None:
    async with SmsClient(azure.url, AzureKeyCredential(azure.state.access_key)) as client:
        (result,) = await client.send(from_="+18005550100", to="+14255550111", message="Your claim is filed.")
    assert result.successful
    _, messages = await call(web, "GET", f"{azure.url}/emulator/sms")
    assert messages[0]["text"] == "Your claim is filed."


async def test_port_in_use_is_named(azure: EmulatorServer) -> None:
    port = int(azure.url.rsplit(":", 1)[1])
    with pytest.raises(ConfigError, match=str(port)):
        await EmulatorServer(EmulatorState(), port=port).start()


def test_environment_names_every_address(azure: EmulatorServer) -> None:
    environment = azure.environment("http://127.0.0.1:8080")
    assert environment["AZURE_SPEECH_ENDPOINT"] == azure.ws_url
    assert environment["ACS_JWKS_URL"] == f"{azure.url}/calling/keys"


def test_fault_strikes_as_often_as_it_says_in_the_order_it_came() -> None:
    faults = Faults()
    faults.add("tts", Fault("slow", times=2))
    faults.add("tts", Fault("abort"))
    kinds = [fault.kind if (fault := faults.take("tts", "")) else None for _ in range(4)]
    assert kinds == ["slow", "slow", "abort", None]


def test_fault_for_one_path_waits_for_it() -> None:
    faults = Faults()
    faults.add("acs", Fault("abort", match=":answer"))
    assert faults.take("acs", "/calling/callConnections") is None
    assert faults.take("acs", "/calling/callConnections:answer") is not None


def test_fault_without_end_stays_until_cleared() -> None:
    faults = Faults()
    faults.add("model", Fault("abort", times=0))
    assert all(faults.take("model", "") for _ in range(5))
    faults.clear("model")
    assert faults.take("model", "") is None


@pytest.mark.parametrize(
    ("path", "model", "match"),
    [
        ("/openai/deployments/gpt-4o/chat/completions", None, "deployments/gpt-4o/"),
        ("/openai/deployments/gpt-4o/chat/completions", None, "gpt-4o"),
        ("/v1/chat/completions", "small", "/v1/chat"),
        ("/openai/v1/chat/completions", "small", "small"),
    ],
)
async def test_a_fault_of_the_model_strikes_where_it_says(
    azure: EmulatorServer, web: aiohttp.ClientSession, path: str, model: str | None, match: str
) -> None:
    body = {"messages": [{"role": "user", "content": "hello"}]} | ({"model": model} if model else {})
    elsewhere = {"service": "model", "fault": {"kind": "status", "status": 418, "match": "another-deployment"}}
    here = {"service": "model", "fault": {"kind": "status", "status": 429, "match": match}}
    for fault in (elsewhere, here):
        async with web.post(f"{azure.url}/emulator/faults", json=fault) as answer:
            assert answer.status < 300
    seen: list[int] = []
    for _ in range(2):
        async with web.post(f"{azure.url}{path}", json=body, headers={"api-key": "local"}) as answer:
            seen.append(answer.status)
    assert seen == [429, 200]
    assert [fault.status for fault in azure.state.faults.waiting()["model"]] == [418]
