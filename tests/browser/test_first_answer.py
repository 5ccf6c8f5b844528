"""What measures the time until one's own words are answered: its ear, its browser, and what it starts.

And with it the whole way of a caller's sound: what the browser's own fake device plays goes through the browser's
capture, its echo cancellation and resampling. No sample is what it was: one is understood by ear, as callers are.
"""

import sys
import time
from pathlib import Path

import psutil
import pytest
from chromium import Chromium, browser
from first_answer import NotAnswered, Steps, ask, newcomers_environment, running
from house import house
from own_microphone import device, recording

from backend.api.door.local_key import LocalKey

BEFORE_S = 4
STARTS = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("installing"); print(f"the console, in a browser, once: http://127.0.0.1:1/sign-in#code-{child.pid}", flush=True)
child.wait()
"""


async def test_what_is_started_tells_its_address_and_is_gone_in_the_end(tmp_path: Path) -> None:
    async with running([sys.executable, "-c", STARTS], tmp_path, {}) as address:
        child = psutil.Process(int(address.rpartition("-")[2]))
        assert address.startswith("http://127.0.0.1:1/sign-in#code-") and child.is_running()
    assert not child.is_running()


async def test_what_ends_without_an_address_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(NotAnswered, match="no C compiler"):
        async with running([sys.executable, "-c", "print('no C compiler')"], tmp_path, {}):
            raise AssertionError("not reached")


def test_a_newcomer_has_nothing_of_ours() -> None:
    mine = {"PATH": "/bin", "VIRTUAL_ENV": "/ours", "PYTHONPATH": "/ours", "MAKEFLAGS": "-j"}
    theirs = newcomers_environment(mine, cached=False)
    assert theirs.keys() == {"PATH", "PORT", "EMULATOR_PORT", "PIP_NO_CACHE_DIR"}
    assert theirs["PORT"] != theirs["EMULATOR_PORT"]
    assert "PIP_NO_CACHE_DIR" not in newcomers_environment(mine, cached=True)


@pytest.mark.browser
@pytest.mark.real
@pytest.mark.timeout(300)
async def test_an_answer_is_heard_behind_what_the_page_has_understood(chromium: Chromium, tmp_path: Path) -> None:
    local = LocalKey(tmp_path / "local.key")
    local.make()
    async with (
        house(tmp_path, stt="sphinx", hurried=True, LOCAL_KEY_FILE=str(tmp_path / "local.key")) as there,
        browser(chromium, device(recording(tmp_path, BEFORE_S))) as opened,
    ):
        steps, began = Steps(), time.time()
        page = await ask(opened, f"{there.url}/sign-in#{local.new_code()}", steps, began)
        await page.shows("The call is over: caller hung up")
        assert not await page.violations() and not page.errors
    assert 0 < steps.signed_in < steps.greeted < steps.understood < steps.answered < time.time() - began
