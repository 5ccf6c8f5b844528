"""C1 to C5: workers that are killed or have to go, and Redis that is away. Real processes, real sockets."""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
from callers import dial, gone, hear, say, sounded
from hurried_voice import hurried_voice
from promise import Promise, Seen
from troupe import Troupe, troupe

from backend.adapters.redis import keys
from backend.testing.stage import ENGLISH
from local_azure.phone.phone import Phone
from local_azure.ports import free_port
from local_azure.redis_server import redis_server

__all__ = ["ASKS", "JOHN", "KAREN", "NAME", "NAMES", "PROMISES", "answer_to", "outage", "stage", "unready"]

ASKS, NAMES, NAME = "what is my deductible", "name", "karen miller"
ALONE = {"Connection": "close"}
"""Each request may meet another worker."""


@asynccontextmanager
async def stage(**how: Any) -> AsyncIterator[Troupe]:
    """Two workers, and a folder of theirs. Agents speak in a hurry: nothing here depends on how long they take."""
    with TemporaryDirectory(prefix="ringmaster-chaos-") as folder, hurried_voice():
        async with troupe(Path(folder), **how) as found:
            yield found


async def workers_there(found: Troupe, count: int = 2, limit_s: float = 90.0) -> None:
    """Wait until so many workers serve, again."""
    async with asyncio.timeout(limit_s):
        while True:
            try:
                workers = (await found.http.get("/stats", headers=ALONE)).json()["workers"]
                if len(workers["others"]) >= count - 1 and not workers["redis_away"]:
                    return
            except (httpx2.HTTPError, ValueError, KeyError):
                pass
            await asyncio.sleep(0.2)


# -- C1: killed in mid-call ----------------------------------------------------------------


async def killed_in_mid_call(count: int) -> Seen:
    """A worker is killed at a random moment; the caller goes on with the other one and is asked nothing twice."""
    seen, rng = Seen(), random.Random()
    async with stage() as found:
        for number in range(count):
            try:
                seen.note(*await _one_kill(found, rng.uniform(0.0, 2.0)))
            except (AssertionError, TimeoutError, httpx2.HTTPError) as error:
                seen.note(False, f"{number}: {type(error).__name__} {error}"[:300])
            await workers_there(found)
    return seen


async def _one_kill(found: Troupe, moment_s: float) -> tuple[bool, str, float]:
    phone = await dial(found)
    try:
        await say(phone, ASKS, NAMES)
        await say(phone, NAME, "zip code")
        call_id = await found.live(phone.connection_id)
        await asyncio.sleep(moment_s)  # in the middle of a sentence, or after it
        killed = await found.kill_owner(call_id)
        took = await sounded(phone, 10.0)
        await hear(phone, ENGLISH.resumed, 20)
        assert await found.owner(call_id) != killed
        await say(phone, "seven seven zero zero two", "last four")
        asked = phone.heard.count("full name") + phone.heard.count("What is your name")
        await gone(phone)
        record = await found.record(phone.connection_id)
        ok = took <= 3.0 and asked <= 1 and record.outcome == "caller_hung_up"
        return ok, f"first sound {took:.1f} s, name asked {asked} times, {record.outcome}", took
    finally:
        phone.hang_up()


# -- C2: killed while a claim is filed ------------------------------------------------------

ANSWERS = (
    ("same accident", "no"), ("anything else", "no thank you"), ("claim number", "no thank you"), ("is that right", "yes"), ("shall i file", "yes"),
    ("correct?", "yes"), ("hurt", "nobody was hurt"),
    ("safe", "yes, I am safe"), ("what day", "yesterday"), ("when did", "yesterday at five thirty in the afternoon"),
    ("what time", "at five thirty in the afternoon"), ("where", "on State Street in Chicago, Illinois"),
    ("was the vehicle", "yes, it was"), ("vehicle once more", "two thousand nineteen Honda Civic"), ("make and model", "two thousand nineteen Honda Civic"),
    ("which car", "my 2019 Honda Civic"), ("which vehicle", "my 2019 Honda Civic"), ("how many", "two"), ("driven", "yes, it drives fine"),
    ("drivable", "yes, it drives fine"), ("who was driving", "I was driving"), ("driving", "I was driving"), ("passenger", "nobody else"),
    ("with you", "nobody else"), ("purpose", "I was on my way to work"), ("on your way", "I was on my way to work"),
    ("what happened", "I stood at a red light and somebody hit my car from behind"), ("help you", "I had a car accident"),
)  # fmt: skip


JOHN = {"full name": "John Smith", "zip code": "60601", "last four": "4821"}
KAREN = {"full name": "Karen Miller", "zip code": "77002", "last four": "9037"}


async def killed_while_filing(count: int) -> Seen:
    """All workers are killed while a chat's claim is being confirmed; asked again, there is exactly one claim."""
    seen, rng = Seen(), random.Random()
    async with stage() as found:
        for number in range(count):
            try:
                seen.note(*await _one_filing(found, rng))
            except (AssertionError, TimeoutError, httpx2.HTTPError) as error:
                seen.note(False, f"{number}: {type(error).__name__} {error}"[:300])
            await workers_there(found)
    return seen


async def _one_filing(found: Troupe, rng: random.Random) -> tuple[bool, str]:
    """A yes to what was read back is said, and the workers are killed before, while or after it takes effect."""
    session, said, killed, told = "", "", 0, list[str]()
    for _ in range(40):
        line = answer_to(said)
        task = asyncio.create_task(_tell(found, session, line))
        if line == "yes" and killed < 3:
            killed += 1
            await asyncio.sleep(rng.uniform(0.0, 0.12))
            await _kill_all(found)
        answer = await task
        session = str(answer["session"])
        said = " ".join(str(reply["text"]) for reply in answer["replies"])
        told.append(f"{line} -> {said}")
        if answer["outcome"] is not None:
            break
    cases = [claim for claim in await found.cases.list() if claim.call_id == session and claim.number]
    return len(cases) == 1 and killed > 0, f"{len(cases)} cases, {killed} kills: {told[-3:]}"


def answer_to(said: str, who: Mapping[str, str] = JOHN) -> str:
    """What a caller says to that."""
    asked = said.lower()
    last = asked.rsplit(". ", 1)[-1]
    known = (*who.items(), *ANSWERS)
    return next((line for place in (last, asked) for words, line in known if words in place), "I had a car accident")


async def _kill_all(found: Troupe) -> None:
    names = await found.redis.execute(keys.WORKERS, "HKEYS", keys.WORKERS)
    for name in names:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(name.decode().rsplit("-", 2)[1]), signal.SIGKILL)


async def _tell(found: Troupe, session: str, line: str) -> dict[str, Any]:
    body = {"text": line} | ({"session": session} if session else {})
    async with asyncio.timeout(120):
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                answer = await found.http.post("/api/v1/chat", json=body, headers=ALONE, timeout=30)
                if answer.status_code == 200:
                    return dict(answer.json())
            await asyncio.sleep(0.3)


# -- C3, C4: told to go --------------------------------------------------------------------


async def told_to_go(count: int) -> Seen:
    """SIGTERM with ten calls: not ready within a second, no call is cut, and it is gone when the last has hung up."""
    seen = Seen()
    for _ in range(count):
        async with stage(workers=1, drain_s=600) as found:
            phones = await asyncio.gather(*(_talking(found, number) for number in range(10)))
            found.process.terminate()
            ready_s = await unready(found.http)
            await asyncio.gather(*(say(phone, NAME, "zip code") for phone in phones))
            cut = sum(phone.state != "connected" for phone in phones)
            await asyncio.gather(*(gone(phone) for phone in phones))
            last = time.monotonic()
            status = await asyncio.wait_for(found.process.wait(), 60)
            left_s = time.monotonic() - last
            ok = not cut and ready_s <= 1.0 and left_s <= 5.0 and status == 0
            why = f"{cut} cut, unready after {ready_s:.1f} s, gone after {left_s:.1f} s, status {status}"
            seen.note(ok, why, left_s)
    return seen


async def _talking(found: Troupe, number: int) -> Phone:
    await asyncio.sleep(number * 0.3)
    phone = await dial(found)
    await say(phone, ASKS, NAMES)
    return phone


async def unready(http: httpx2.AsyncClient) -> float:
    """Seconds until a server says that it is not ready, or takes no connections any more."""
    began = time.monotonic()
    async with asyncio.timeout(30):
        while True:
            try:
                if (await http.get("/readyz", headers=ALONE, timeout=5)).status_code == 503:
                    return time.monotonic() - began
            except httpx2.HTTPError:
                return time.monotonic() - began
            await asyncio.sleep(0.02)


async def longer_than_the_grace(count: int) -> Seen:
    """SIGTERM with a call that outlasts the grace of ten seconds: the caller is told, has a person or the end, and it is recorded."""
    seen = Seen()
    for _ in range(count):
        async with stage(workers=1, drain_s=10) as found:
            phone = await _talking(found, 0)
            heard = len(phone.heard)
            found.process.terminate()
            await phone.until(lambda phone=phone: phone.state == "ended" or phone.moved_to is not None, 60)
            told = phone.heard[heard:].strip()
            phone.hang_up()
            record = await found.record(phone.connection_id)
            ok = bool(told) and record.outcome is not None
            seen.note(ok, f"heard {told[-120:]!r}, outcome {record.outcome}")
    return seen


# -- C5: Redis is away ---------------------------------------------------------------------


WAYS = tuple((how, seconds) for how in ("silent", "gone") for seconds in (10, 15, 30))


async def redis_away(count: int) -> Seen:
    """Redis is silent, or gone: the call goes on, a new one is answered, and all is stored when it is back."""
    seen = Seen()
    for number in range(count):
        how, seconds = WAYS[number % len(WAYS)]
        try:
            seen.note(*await _one_outage(how, seconds))
        except (AssertionError, TimeoutError, httpx2.HTTPError) as error:
            seen.note(False, f"{how} {seconds} s: {type(error).__name__} {error}"[:300])
    return seen


async def _one_outage(how: str, seconds: int) -> tuple[bool, str, float]:
    port = free_port()
    with redis_server(port) as (url, process):
        async with stage(redis_url=url) as found:
            return await outage(found, process, how, seconds, port=port)


async def outage(
    found: Troupe, process: Popen[bytes], how: str, seconds: int, *, port: int = 0, timed: bool = True
) -> tuple[bool, str, float]:
    """The Redis of a stage is away for so long, in two calls.

    Args:
        port: where one that is gone comes back.
        timed: how soon a new call is answered is judged, too; not where other things run beside it.
    """
    phone = await dial(found)
    await say(phone, ASKS, NAMES)
    _away(process, how)
    until = time.monotonic() + seconds
    await say(phone, NAME, "zip code")
    began = time.monotonic()
    second = await dial(found)
    answered_s = time.monotonic() - began
    await _wait_on_the_line(until, phone, second)
    with _back(port, process, how):
        await workers_there(found)
        call_id = await found.live(phone.connection_id)
        async with asyncio.timeout(20):
            while not await found.owner(call_id):
                await asyncio.sleep(0.1)
        await say(phone, "seven seven zero zero two", "last four")
        await asyncio.gather(gone(phone), gone(second))
        ended = [(await found.record(one.connection_id)).outcome for one in (phone, second)]
        ok = ended == ["caller_hung_up"] * 2 and (answered_s < 15 or not timed)
        return ok, f"{how} {seconds} s: {ended}, a new caller greeted after {answered_s:.1f} s", answered_s


async def _wait_on_the_line(until: float, *phones: Phone) -> None:
    """Callers who are silent for half a minute are said goodbye to; these ask for patience."""
    while (left := until - time.monotonic()) > 0:
        for phone in phones:
            await phone.say_text("hold on please")
        await asyncio.sleep(min(left, 8.0))


def _away(process: Popen[bytes], how: str) -> None:
    if how == "silent":
        process.send_signal(signal.SIGSTOP)
    else:
        process.kill()
        process.wait()


def _back(port: int, process: Popen[bytes], how: str) -> Any:
    if how == "silent":
        process.send_signal(signal.SIGCONT)
        return contextlib.nullcontext()
    return redis_server(port)


PROMISES: Mapping[str, Promise] = {
    promise.row: promise
    for promise in (
        Promise("C1", "a worker is killed in mid-call: resumed within 3 s, nothing asked twice, 49 of 50", 50, killed_in_mid_call, 1,
                piece=5),
        Promise("C2", "a worker is killed while a claim is filed: there is one claim", 50, killed_while_filing, timed=False, piece=1),
        Promise("C3", "SIGTERM with 10 calls: unready within 1 s, none cut, gone 5 s after the last", 20, told_to_go, piece=1),
        Promise("C4", "a call outlasts the grace: the caller is told, the call recorded", 10, longer_than_the_grace, timed=False, piece=1),
        Promise("C5", "Redis silent or gone for 10, 15, 30 s: calls go on, new ones are taken, all is stored later", 30, redis_away,
                timed=False, piece=len(WAYS)),
    )
}  # fmt: skip
