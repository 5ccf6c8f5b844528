"""How long the stand-in model takes, and what it does when nobody waits any more."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from backend.testing.virtual_time import run_virtual
from local_azure.model.completions import Pace, chunks
from local_azure.model.routes import routes
from local_azure.state import EmulatorState
from stand_in.decide import Decision


async def _seconds(decision: Decision, pace: Pace, late: float = 0.0) -> tuple[float, str]:
    """Until the last event, and the arguments of the tool call put together; each event costs ``late`` seconds."""
    loop = asyncio.get_running_loop()
    began, arguments = loop.time(), ""
    async for event in chunks(decision, "gpt-4o", pace, read=None):
        await asyncio.sleep(late)
        body = event.removeprefix(b"data: ").strip()
        choices: list[Any] = [] if body == b"[DONE]" else json.loads(body)["choices"]
        for choice in choices:
            for call in choice["delta"].get("tool_calls") or ():
                arguments += call["function"]["arguments"]
    return loop.time() - began, arguments


def test_the_arguments_of_a_tool_take_as_long_as_words() -> None:
    said = {"incident_description": "i slid on the ice and hit a tree"}
    took, arguments = run_virtual(_seconds(Decision("", {"record_claim": said}), Pace(0.35, 60)))
    assert json.loads(arguments) == said
    assert round(took - 0.35, 3) == round(-(-len(arguments) // 4) / 60, 3)


def test_a_busy_machine_does_not_slow_the_model_down() -> None:
    words = Decision("one two three four five six seven eight nine ten")
    quick, _ = run_virtual(_seconds(words, Pace(0.35, 60)))
    slow, _ = run_virtual(_seconds(words, Pace(0.35, 60), late=0.01))
    assert round(slow - quick, 3) == 0.02  # only what comes after the last token


def test_without_a_pace_everything_comes_at_once() -> None:
    took, _ = run_virtual(_seconds(Decision("All right.", {"record_claim": {"a": "b"}}), Pace()))
    assert took == 0


async def test_a_thought_that_is_dropped_before_it_was_sent_is_no_trouble() -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"api-key", b"local")], "query_string": b""}
    complete = next(route for route in routes(EmulatorState()) if isinstance(route, Route))
    answer = await complete.endpoint(Request(scope, gone))
    assert answer.status_code == 499
