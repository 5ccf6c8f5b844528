"""The clock jumps where nothing can come from outside, and only there."""

import asyncio
import socket
import threading

from backend.testing.virtual_time import run_virtual


def test_what_a_thread_puts_on_the_loop_is_taken_before_the_clock_jumps() -> None:
    async def story() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        told: asyncio.Future[str] = loop.create_future()
        loop.call_later(60, told.cancel)
        thread = threading.Thread(target=loop.call_soon_threadsafe, args=(told.set_result, "told"))
        thread.start()
        thread.join()
        return await asyncio.wait_for(told, 1), loop.time() - begun

    assert run_virtual(story()) == ("told", 0)


def test_who_waits_for_a_thread_alone_is_woken_by_it() -> None:
    async def story() -> str:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[str] = loop.create_future()
        thread = threading.Timer(0.05, loop.call_soon_threadsafe, (told.set_result, "told"))
        thread.start()
        return await told

    assert run_virtual(story()) == "told"


def test_what_a_socket_has_is_read_before_the_clock_jumps() -> None:
    async def story() -> tuple[bytes, float]:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            reading = asyncio.create_task(loop.sock_recv(ours, 4))
            await asyncio.sleep(0)
            theirs.send(b"said")
            return await asyncio.wait_for(reading, 1), loop.time() - begun

    assert run_virtual(story()) == (b"said", 0)
