"""A chat with a running server: the real model adapter, SQL, sockets, and the terminal."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp
from house import House, house

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {"77002", "9037"}
WORDS = ["what is my deductible", "karen miller", "77002", "9037"]


async def turn(socket: aiohttp.ClientWebSocketResponse, words: str) -> list[dict[str, Any]]:
    await socket.send_json({"type": "say", "text": words})
    return await events(socket)


async def events(socket: aiohttp.ClientWebSocketResponse) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(25):
        while not found or found[-1]["type"] not in {"ready", "over"}:
            found.append(await socket.receive_json())
    return found


async def streamed(home: House, web: aiohttp.ClientSession) -> None:
    async with web.ws_connect("/api/v1/chat?to=%2B18005550100") as socket:
        assert (await events(socket))[0]["line"] == "insurance"
        for words in WORDS:
            last = await turn(socket, words)
        assert [e["agent"] for e in last if e["type"] == "agent"] == ["general_info"]
        assert {"type": "tool", "name": "policy_question", "ok": True} in last
        tokens = [e["text"] for e in last if e["type"] == "token"]
        said = "".join(e["text"] for e in last if e["type"] == "said")
        assert len(tokens) > 1
        assert "".join(tokens) == said
        assert "1000 dollars" in said
        assert (await turn(socket, "no thank you"))[-1] == {"type": "over", "outcome": "completed"}
        closed = await socket.receive(5)
        assert (closed.type, closed.data) == (aiohttp.WSMsgType.CLOSE, 1000)


async def posted(web: aiohttp.ClientSession) -> str:
    session, body = None, {}
    for words in WORDS:
        async with web.post("/api/v1/chat", json={"session": session, "text": words}) as answer:
            body = await answer.json()
            session = body["session"]
    assert "1000 dollars" in " ".join(reply["text"] for reply in body["replies"])
    async with web.delete(f"/api/v1/chat/{session}") as answer:
        assert answer.status == 204
    async with web.post("/api/v1/chat", json={"session": session, "text": "hello"}) as answer:
        assert answer.status == 404
    return session


async def typed(home: House) -> None:
    terminal = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend", "chat", "--server", home.url, "--line", "insurance", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(30):
        out, _ = await terminal.communicate("\n".join([*WORDS, "no thank you"]).encode())
    assert terminal.returncode == 0
    assert "general_info: Your deductible is 1000 dollars." in out.decode()
    assert "the chat is over: completed" in out.decode()


async def test_chats_by_socket_by_request_and_in_the_terminal_are_kept_with_the_calls(tmp_path: Path) -> None:
    async with house(tmp_path) as home, aiohttp.ClientSession(home.url) as web:
        _, left, _ = await asyncio.gather(streamed(home, web), posted(web), typed(home))
        async with asyncio.timeout(25):
            while True:
                async with web.get("/api/v1/calls") as answer:
                    calls = await answer.json()
                if len(calls) == 3 and all(call["outcome"] for call in calls):
                    break
                await asyncio.sleep(0.05)
        assert {call["direction"] for call in calls} == {"chat"}
        outcomes = {call["call_id"]: call["outcome"] for call in calls}
        assert outcomes.pop(left) == "caller_hung_up"
        assert set(outcomes.values()) == {"completed"}
        async with web.get(f"/api/v1/calls/{left}") as answer:
            turns = (await answer.json())["turns"]
        kept = ["[hidden]" if words in SECRETS else words for words in WORDS]
        assert [turn["caller_text"] for turn in turns] == ["", *kept]
        assert turns[-1]["tools"] == ["verify_caller", "hand_off_to_general_info", "policy_question"]
