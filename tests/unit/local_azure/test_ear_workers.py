"""Processes that listen have in memory what was loaded once for all of them."""

import os
import sys

import pytest
from nursery import run

LISTENS = """
import asyncio, gc
from local_azure.speech.workers import Workers

async def listen():
    workers = Workers(2, gc.collect, bool, "colorsys")
    await workers.warm()
    workers.all[0].submit(exec, "__import__('os')._exit(1)").exception()
    try:
        async with workers.lease() as broken:
            broken.submit(bool).result()
    except Exception:
        pass
    found = [one.submit(eval, "'colorsys' in __import__('sys').modules").result() for one in workers.all]
    await workers.close()
    print(found)

asyncio.run(listen())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each of them loads what it needs")
def test_what_a_process_needs_it_is_forked_with_and_so_is_who_takes_its_place() -> None:
    done = run(["-c", LISTENS], env=os.environ)
    assert done.stdout == "[True, True]\n", done.stderr
