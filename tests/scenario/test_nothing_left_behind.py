"""A call that is over is gone at once: nothing of it waits for Python's collector, which stops every other call."""

import asyncio
import gc
from collections import Counter
from pathlib import Path

from office import Office

from backend.testing.caller import FakeSpeechToText
from backend.testing.virtual_time import run_virtual


async def _whole_call(office: Office) -> None:
    caller = await office.phone()
    for _ in range(2):
        await office.say("hello who is there", caller)
    call, phone, _ = caller
    call.disconnected()
    await phone.close()
    await office.close()
    office.ears.opened[-1] = FakeSpeechToText()  # the recognizers of a test are kept by it


def test_a_call_that_is_over_leaves_no_circles(tmp_path: Path) -> None:
    async def story() -> Counter[str]:
        office = Office(tmp_path)
        await office.live.open()
        await _whole_call(office)  # what the first one loads stays for all
        await asyncio.sleep(60)
        gc.collect()
        gc.disable()
        await _whole_call(office)
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
