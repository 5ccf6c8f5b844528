"""What a model asks of a tool and what its server answers, brought through all that reads it to what the model then sees."""

import asyncio
import atexit
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from backend.adapters.tool_servers.http_server import _content
from backend.agents.prompts import render_words
from backend.domain.model import ToolSchema
from backend.domain.session import CallSession
from backend.domain.tool_server import HttpServerSpec, RemoteResult
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.stage import ENGLISH, agent_spec, line_spec
from backend.tool_store.context import ToolServices
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.runner import ToolRunner

__all__ = ["read_answer", "ready"]

_SPEC: dict[str, Any] = {
    "name": "shop", "kind": "http", "description": "the shop", "url": "https://shop.example.com", "hosts": ["shop.example.com"],
    "functions": [{
        "name": "look_up", "description": "Looks something up.", "path": "/things/{name}",
        "arguments": {"name": {"type": "string", "description": "Name. What is it called?"},
                      "how_many": {"type": "integer", "minimum": 1, "description": "How many?"}},
        "optional": ["how_many"],
        "result": {"type": "object", "properties": {"found": {"type": "array"}}},
        "answer": {"say": "I found {{ result.found | spoken_list }}.", "ask": "Which one?"},
        "failures": {"404": {"say": "There is no {{ arguments.name }}."}},
    }],
}  # fmt: skip


class _Shop:
    """A server that answers what it is told to."""

    def __init__(self) -> None:
        self.answer = RemoteResult(False)

    def schema(self, function: str) -> ToolSchema | None:
        return None

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        return self.answer

    async def close(self) -> None: ...


@cache
def _stage() -> tuple[asyncio.AbstractEventLoop, _Shop, ToolRunner, ToolServices]:
    async def audit(*_: Any) -> None: ...

    shop = _Shop()
    declared = DeclaredTools(lambda _: shop, render_words)
    runner = ToolRunner((), audit, declared).beside([HttpServerSpec.model_validate(_SPEC)])
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop, shop, runner, ToolServices(MemoryCases(), MemoryBooks([]), audit)


@cache
def ready() -> None:
    """What is loaded and made once is there, before the time of an input is taken."""
    read_answer((b"{}", b"{}", 200))


def read_answer(given: tuple[bytes, bytes, int]) -> None:
    """Arguments as the model writes them, the answer's body, and its status. The outcome must be one, whatever came."""
    arguments, body, status = given
    loop, shop, runner, services = _stage()
    agent = agent_spec(tools=["shop"])
    session = CallSession(call_id="c1", line="test", active_agent=agent.name, turn=1)
    context = services.context(session, line_spec(), agent, "", phrases=ENGLISH)
    shop.answer = RemoteResult(status >= 400, _content(body), status)
    outcome = loop.run_until_complete(runner.run("look_up", arguments.decode("utf-8", "replace"), context))
    json.dumps(outcome.envelope(), default=str)
