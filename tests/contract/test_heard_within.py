"""What a caller hears under every fault of a provider, and when: the rows of docs/failures.md.

A row is a call of some ten seconds, nearly all of which is waiting; so the calls of the rows that were chosen are made
beside each other, and each test awaits its own. ``-s`` prints what was measured, ``CALLS_AT_ONCE=6`` has more calls
beside each other where nothing else needs the processor.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
import pytest_asyncio
from failing_call import Heard, spoken_with, with_faults
from speech_stage import LocalSpeech, local_speech

from backend.testing.stage import ENGLISH

pytestmark = [
    pytest.mark.real,
    pytest.mark.long_call,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(240),
]

LIMIT_S = 3.0
AT_ONCE = int(os.environ.get("CALLS_AT_ONCE", "3"))
EVER = {"times": 0}

RECOGNITION: dict[str, dict[str, Any]] = {
    "refuses: 400": {"kind": "status", "status": 400} | EVER,
    "refuses: 401": {"kind": "status", "status": 401} | EVER,
    "refuses: 403": {"kind": "status", "status": 403} | EVER,
    "refuses: 429": {"kind": "status", "status": 429} | EVER,
    "refuses: 500": {"kind": "status", "status": 500} | EVER,
    "refuses: 503": {"kind": "status", "status": 503} | EVER,
    "never answers the upgrade": {"kind": "hang", "after": -1} | EVER,
    "accepts and never answers": {"kind": "hang"} | EVER,
    "goes deaf in mid-sentence": {"kind": "hang", "after": 10} | EVER,
    "closes with 1000": {"kind": "close", "code": 1000, "after": 6} | EVER,
    "closes with 1007": {"kind": "close", "code": 1007, "after": 6} | EVER,
    "closes with 1011": {"kind": "close", "code": 1011, "after": 6} | EVER,
    "closes with 4429": {"kind": "close", "code": 4429, "after": 6} | EVER,
    "breaks the connection": {"kind": "abort", "after": 6} | EVER,
    "answers with an error": {"kind": "error", "after": 6} | EVER,
}


ONCE: dict[str, dict[str, Any]] = {
    "hangs once": {"kind": "hang", "after": 4},
    "breaks off once": {"kind": "abort", "after": 6},
    "answers with garbage once": {"kind": "garbage"},
}


VOICE: dict[str, dict[str, Any]] = {
    "refuses: 401": {"kind": "status", "status": 401} | EVER,
    "refuses: 429": {"kind": "status", "status": 429} | EVER,
    "refuses: 503": {"kind": "status", "status": 503} | EVER,
    "never answers the upgrade": {"kind": "hang", "after": -1} | EVER,
    "accepts and says nothing": {"kind": "hang"} | EVER,
    "stalls after some sound": {"kind": "stall", "after": 3} | EVER,
    "breaks off after some sound": {"kind": "abort", "after": 3} | EVER,
}


SAID_AGAIN: dict[str, dict[str, Any]] = {
    "stalls once": {"kind": "stall", "after": 3},
    "breaks off once": {"kind": "abort", "after": 3},
}
NOTHING_KEPT = ["refuses: 503", "accepts and says nothing"]

MODEL: dict[str, tuple[dict[str, Any], ...]] = {
    "refuses: 429": ({"kind": "status", "status": 429} | EVER,),
    "refuses: 429, Retry-After 1": ({"kind": "status", "status": 429, "retry_after": 1},),
    "refuses: 429, Retry-After 30": ({"kind": "status", "status": 429, "retry_after": 30} | EVER,),
    "refuses: 500": ({"kind": "status", "status": 500} | EVER,),
    "takes 5 s to the first token": ({"kind": "slow", "seconds": 5},),
    "never answers": ({"kind": "hang"} | EVER,),
    "breaks off after some words": ({"kind": "abort", "after": 4} | EVER,),
    "stalls after some words": ({"kind": "stall", "after": 4} | EVER,),
    "is refused by the content filter": ({"kind": "content_filter"} | EVER,),
    "calls a tool with broken JSON": ({"kind": "bad_arguments"},),
    "calls a tool that is not there, for ever": ({"kind": "unknown_tool"} | EVER,),
    "answers with garbage": ({"kind": "garbage"} | EVER,),
    "runs out of tokens": ({"kind": "length"},),
}


PLAYS: Mapping[str, Callable[[LocalSpeech, str], Awaitable[Heard]]] = {
    "test_recognition": lambda local, row: spoken_with(local, "stt", RECOGNITION[row]),
    "test_recognition_that_fails_once_is_mended_unheard": lambda local, row: spoken_with(local, "stt", ONCE[row]),
    "test_voice": lambda local, row: spoken_with(local, "tts", VOICE[row]),
    "test_voice_without_kept_phrases": lambda local, row: spoken_with(local, "tts", VOICE[row], kept=False),
    "test_a_sentence_that_was_cut_is_said_again_once": lambda local, row: spoken_with(local, "tts", SAID_AGAIN[row]),
    "test_model": lambda _, row: with_faults(*MODEL[row], limit_s=14.0),
}
"""The call of each test; all of them take a row."""


@pytest.fixture(scope="module")
def services() -> Iterator[list[LocalSpeech]]:
    """As many speech services as there are calls at once: what is wrong with one is wrong in one call only."""
    with ExitStack() as ends:
        yield [ends.enter_context(local_speech()) for _ in range(AT_ONCE)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calls(
    request: pytest.FixtureRequest, services: list[LocalSpeech]
) -> AsyncIterator[Mapping[str, asyncio.Task[Heard]]]:
    """The call of each test that was chosen, by the test's name."""
    free = asyncio.Queue[LocalSpeech]()
    for service in services:
        free.put_nowait(service)

    async def call(test: str, row: str) -> Heard:
        service = await free.get()
        try:
            return await PLAYS[test](service, row)
        finally:
            free.put_nowait(service)

    chosen = [item for item in request.session.items if item.getparent(pytest.Module) is request.node]
    made = {
        item.name: asyncio.create_task(call(item.originalname, item.callspec.params["row"]))
        for item in chosen
        if isinstance(item, pytest.Function)
    }
    yield made
    for task in made.values():
        task.cancel()
    await asyncio.gather(*made.values(), return_exceptions=True)


@pytest.fixture
def call(calls: Mapping[str, asyncio.Task[Heard]], request: pytest.FixtureRequest) -> asyncio.Task[Heard]:
    """This test's own."""
    return calls[request.node.name]


def told(row: str, heard: Heard) -> None:
    print(f"\n| {row} | {heard.first_s:.1f} | {heard.longest_s:.1f} | {heard.late_s:.1f} | {heard.words[-90:]}")
    assert heard.first_s < LIMIT_S + heard.late_s, heard
    assert heard.longest_s < LIMIT_S + heard.late_s, heard


@pytest.mark.parametrize("row", RECOGNITION)
async def test_recognition(call: asyncio.Task[Heard], row: str) -> None:
    heard = await call
    told(f"recognition {row}", heard)
    # What came through before the fault is answered. Who is to be told that they are not heard may be told that first.
    answers = (ENGLISH.hold_on, ENGLISH.unheard, ENGLISH.deaf, "It is sunny")
    assert any(answer in heard.words for answer in answers), heard


@pytest.mark.parametrize("row", ONCE)
async def test_recognition_that_fails_once_is_mended_unheard(call: asyncio.Task[Heard], row: str) -> None:
    told(f"recognition {row}", await call)


@pytest.mark.parametrize("row", VOICE)
async def test_voice(call: asyncio.Task[Heard], row: str) -> None:
    heard = await call
    told(f"voice {row}", heard)
    assert ENGLISH.trouble in heard.words


@pytest.mark.parametrize("row", NOTHING_KEPT)
async def test_voice_without_kept_phrases(call: asyncio.Task[Heard], row: str) -> None:
    heard = await call
    told(f"voice {row}, nothing kept", heard)
    assert heard.transfers


@pytest.mark.parametrize("row", SAID_AGAIN)
async def test_a_sentence_that_was_cut_is_said_again_once(call: asyncio.Task[Heard], row: str) -> None:
    heard = await call
    told(f"voice {row} in a sentence", heard)
    assert heard.words.count("take a hat") == 1
    assert ENGLISH.trouble not in heard.words


@pytest.mark.parametrize("row", MODEL)
async def test_model(call: asyncio.Task[Heard], row: str) -> None:
    told(f"model {row}", await call)
