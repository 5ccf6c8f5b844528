"""Where tool servers may be: resolved once, judged by address, in every spelling."""

import asyncio
import socket
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.tool_servers import address as address_module
from backend.adapters.tool_servers.address import Places
from backend.adapters.tool_servers.http_server import HttpToolServer
from backend.domain.addresses import address_kind
from backend.domain.tool_server import HttpServerSpec
from backend.errors import ProviderError, ProviderRejected, Unavailable

KINDS = {
    "public": ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"],
    "near": [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1",
        "198.18.0.1", "192.0.2.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "fc00::1", "fd12:3456::1",
        "64:ff9b::127.0.0.1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1", "::7f00:1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
    "keeper": [
        "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "168.63.129.16",
        "100.100.100.200", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
    ],
    "never": ["224.0.0.1", "239.255.255.250", "ff02::1"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "address"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_what_kind_of_place_an_address_is(kind: str, address: str) -> None:
    assert address_kind(address) == kind


@given(st.ip_addresses(v=4))
def test_an_address_is_of_one_kind_in_every_dress(address: Any) -> None:
    number = int(address)
    kind = address_kind(str(address))
    for dress in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"):
        assert address_kind(dress) == kind


def a_spec(url: Any, hosts: tuple[str, ...] = ()) -> HttpServerSpec:
    functions = [{"name": "look", "description": "Looks.", "path": "/look"}]
    return HttpServerSpec.model_validate(
        {"name": "shop", "kind": "http", "description": "the shop", "url": url, "hosts": hosts, "functions": functions}
    )


SPELLINGS = [
    "http://127.0.0.1:{port}", "http://localhost:{port}", "http://0x7f000001:{port}", "http://2130706433:{port}",
    "http://0177.0.0.1:{port}", "http://127.1:{port}", "http://0.0.0.0:{port}", "http://[::1]:{port}",
    "http://[::ffff:127.0.0.1]:{port}", "http://127。0。0。1:{port}", "http://127.0.0.1.:{port}", "http://①②⑦.0.0.1:{port}",
    "http://LOCALHOST:{port}", "http://localhost.:{port}", "http://[0:0:0:0:0:ffff:7f00:1]:{port}",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_this_machine_is_refused_in_every_spelling_unless_it_is_named(spelling: str) -> None:
    came = 0

    async def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came
        came += 1
        writer.close()

    listening = await asyncio.start_server(count, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    server = HttpToolServer(a_spec(spelling.format(port=port)), environ={})
    try:
        with pytest.raises(ProviderError):
            await server.call("look", {}, key="k")
    finally:
        await server.close()
        listening.close()
    assert came == 0


class Names:
    """Names and their addresses, one answer after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
        self.asked = 0
        self._answers = list(answers)
        monkeypatch.setattr(address_module, "_look_up", self._look_up)

    def _look_up(self, host: str, port: int) -> list[Any]:
        self.asked += 1
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in answer]


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["8.8.8.8", "::1"], ["10.0.0.1"], ["169.254.169.254"]]
)
async def test_a_public_name_that_leads_to_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, answer: list[str]
) -> None:
    Names(monkeypatch, answer)
    places = Places.of(a_spec("https://tools.example.com"), "https://tools.example.com", frozenset(), {})
    with pytest.raises(ProviderRejected):
        await places.addresses("tools.example.com", 443, encrypted=True)


async def test_a_name_that_changes_between_looking_and_connecting_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the first answer is public, every later one is this machine."""
    came = 0

    async def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came
        came += 1
        writer.close()

    listening = await asyncio.start_server(count, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    names = Names(monkeypatch, ["192.0.2.1"], ["127.0.0.1"])
    monkeypatch.setattr(
        "backend.adapters.tool_servers.address.address_kind", lambda ip: "near" if ip == "127.0.0.1" else "public"
    )
    server = HttpToolServer(a_spec(f"https://tools.example.com:{port}"), environ={})
    connected: list[str] = []
    real = asyncio.BaseEventLoop.sock_connect

    async def connect(loop: Any, sock: Any, address: Any) -> None:
        connected.append(address[0])
        raise OSError("nobody is there")

    for kind in (asyncio.BaseEventLoop, asyncio.SelectorEventLoop, type(asyncio.get_running_loop())):
        monkeypatch.setattr(kind, "sock_connect", connect, raising=False)
    try:
        for _ in range(3):
            with pytest.raises(ProviderError):
                await server.call("look", {}, key="k")
    finally:
        await server.close()
        listening.close()
    assert real is not connect
    assert connected == ["192.0.2.1"], "the later answers were judged again, and refused"
    assert names.asked == 3
    assert came == 0


async def test_who_may_name_what(monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, ["10.0.0.1"])

    async def goes(spec: HttpServerSpec, url: str, allowed: tuple[str, ...] = (), **environ: str) -> bool:
        try:
            places = Places.of(spec, url, frozenset(allowed), environ)
            places.check(url)
            await places.addresses("book.example.com", 443, encrypted=True)
        except ProviderRejected:
            return False
        return True

    url = "https://book.example.com"
    by_variable = {"env": "TOOL_BOOK_URL", "default": url}
    assert not await goes(a_spec(url), url)
    assert await goes(a_spec(url, ("book.example.com",)), url)
    assert await goes(a_spec(url), url, ("book.example.com",))
    assert await goes(a_spec(by_variable), url, TOOL_BOOK_URL=url), "whoever runs the server has named it"
    assert not await goes(a_spec(by_variable), url), "the store's own default is the store's"
    assert not await goes(a_spec(by_variable | {"prefix": "https://"}), url, TOOL_BOOK_URL="book.example.com")
    assert not await goes(a_spec(url, ("book.example.com",)), url, ("other.example.com",))
    Names(monkeypatch, ["169.254.169.254"])
    assert not await goes(a_spec(url, ("book.example.com",)), url), "a store cannot name the machine's secrets"
    assert await goes(a_spec(url), url, ("book.example.com",))


@pytest.mark.parametrize(
    "name", ["Host", "content-length", "Transfer-Encoding", "Connection", "X Key", "X\r\nY", "Proxy-A"]
)
async def test_a_header_of_the_connection_is_never_sent(name: str) -> None:
    spec = a_spec("https://tools.example.com").model_copy(update={"headers": {name: "x"}})
    server = HttpToolServer(spec, environ={})
    with pytest.raises(ProviderRejected, match="header"):
        await server.call("look", {}, key="k")
    await server.close()


async def test_a_name_server_that_does_not_answer_holds_no_thread_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def silent(host: str, port: int) -> list[Any]:
        answered.wait(30)
        raise OSError("no answer")

    monkeypatch.setattr(address_module, "_look_up", silent)
    spec = a_spec("https://tools.example.com")
    places = Places.of(spec, "https://tools.example.com", frozenset(), {})
    waiting = [asyncio.create_task(places.addresses("tools.example.com", 443, encrypted=True)) for _ in range(50)]
    try:
        async with asyncio.timeout(20):
            assert await asyncio.to_thread(lambda: "done") == "done", "it would stand behind fifty that wait"
    finally:
        answered.set()
        for one in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(one, Unavailable)
