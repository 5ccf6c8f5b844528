"""A call that is over is gone at once: nothing of it waits for Python's collector, which stops every other call."""

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from office import Office, Phone

from backend.engine.call.call import Call
from backend.testing.caller import FakeSpeechToText, ScriptedCaller
from backend.testing.virtual_time import run_virtual

Caller = tuple[Call, Phone, FakeSpeechToText]
Story = Callable[[Office, Caller], Awaitable[None]]


async def _all_heard(office: Office, caller: Caller) -> None:
    for _ in range(2):
        await office.say("hello who is there", caller)


async def _in_the_answer(office: Office, caller: Caller) -> None:
    """They hang up while they are being answered."""
    _, phone, stt = caller
    heard = len(phone.sent)
    speaking = ScriptedCaller(stt)
    speaking.says("hello who is there", at=0.5)
    speaking.start(phone.sink)
    while len(phone.sent) == heard:
        await asyncio.sleep(0.02)
    await speaking.stop()


async def _before_the_answer(office: Office, caller: Caller) -> None:
    """They hang up while it is thought about what they have said."""
    _, phone, stt = caller
    speaking = ScriptedCaller(stt)
    speaking.says("hello who is there", at=0.5)
    speaking.start(phone.sink)
    office.model.first_token_s = 20.0
    asked = len(office.model.requests)
    while len(office.model.requests) == asked:
        await asyncio.sleep(0.02)
    await asyncio.sleep(2.0)
    await speaking.stop()
    office.model.first_token_s = 0.0


async def _in_a_prompt(office: Office, caller: Caller) -> None:
    """They say nothing, and hang up while they are asked whether they are there."""
    heard = len(caller[1].sent)
    while len(caller[1].sent) == heard:
        await asyncio.sleep(0.02)


async def _whole_call(office: Office, story: Story) -> None:
    caller = await office.phone()
    await story(office, caller)
    call, phone, _ = caller
    call.disconnected()
    await phone.close()
    await office.close()
    office.ears.opened[-1] = FakeSpeechToText()  # the recognizers of a test are kept by it


@pytest.mark.parametrize("how", [_all_heard, _in_the_answer, _before_the_answer, _in_a_prompt])
def test_a_call_that_is_over_leaves_no_circles(how: Story, tmp_path: Path) -> None:
    async def story() -> Counter[str]:
        office = Office(tmp_path)
        await office.live.open()
        await _whole_call(office, how)  # what the first one loads stays for all
        await asyncio.sleep(60)
        gc.collect()
        gc.disable()
        await _whole_call(office, how)
        await asyncio.sleep(60)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        kinds = Counter(f"{type(thing).__module__}.{type(thing).__qualname__}" for thing in gc.garbage)
        await office.live.close()
        return kinds

    try:
        found = run_virtual(story())
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert {kind: count for kind, count in found.items() if kind.startswith("backend.")} == {}


def test_a_frame_that_comes_after_the_end_is_passed_over(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        caller = await office.phone()
        call, phone, _ = caller
        sink = phone.sink
        call.disconnected()
        await phone.close()
        await office.close()
        sink.on_audio(bytes(640))
        sink.on_tone("1")
        await office.live.close()

    run_virtual(story())
