"""What a caller hears under every fault of a provider, and when: the rows of docs/failures.md.

``-s`` prints what was measured.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from failing_call import Heard, spoken_with, with_faults
from speech_stage import LocalSpeech, local_speech

from backend.testing.stage import ENGLISH

pytestmark = pytest.mark.real

LIMIT_S = 3.0
EVER = {"times": 0}


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


def told(row: str, heard: Heard) -> None:
    print(f"\n| {row} | {heard.first_s:.1f} | {heard.longest_s:.1f} | {heard.words[-90:]}")
    assert heard.first_s < LIMIT_S, heard
    assert heard.longest_s < LIMIT_S, heard


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


@pytest.mark.parametrize("row", RECOGNITION)
async def test_recognition(local: LocalSpeech, row: str) -> None:
    heard = await spoken_with(local, "stt", RECOGNITION[row])
    told(f"recognition {row}", heard)
    answers = (ENGLISH.hold_on, ENGLISH.unheard, "It is sunny")  # what came through before the fault is answered
    assert any(answer in heard.words for answer in answers), heard


@pytest.mark.parametrize("fault", [{"kind": "hang", "after": 4}, {"kind": "abort", "after": 6}, {"kind": "garbage"}])
async def test_recognition_that_fails_once_is_mended_unheard(local: LocalSpeech, fault: dict[str, Any]) -> None:
    heard = await spoken_with(local, "stt", fault)
    told(f"recognition: {fault['kind']}, once", heard)


VOICE: dict[str, dict[str, Any]] = {
    "refuses: 401": {"kind": "status", "status": 401} | EVER,
    "refuses: 429": {"kind": "status", "status": 429} | EVER,
    "refuses: 503": {"kind": "status", "status": 503} | EVER,
    "never answers the upgrade": {"kind": "hang", "after": -1} | EVER,
    "accepts and says nothing": {"kind": "hang"} | EVER,
    "stalls after some sound": {"kind": "stall", "after": 3} | EVER,
    "breaks off after some sound": {"kind": "abort", "after": 3} | EVER,
}


@pytest.mark.parametrize("row", VOICE)
async def test_voice(local: LocalSpeech, row: str) -> None:
    heard = await spoken_with(local, "tts", VOICE[row])
    told(f"voice {row}", heard)
    assert ENGLISH.trouble in heard.words


@pytest.mark.parametrize("row", ["refuses: 503", "accepts and says nothing"])
async def test_voice_without_kept_phrases(local: LocalSpeech, row: str) -> None:
    heard = await spoken_with(local, "tts", VOICE[row], kept=False)
    told(f"voice {row}, nothing kept", heard)
    assert heard.transfers


@pytest.mark.parametrize("kind", ["stall", "abort"])
async def test_a_sentence_that_was_cut_is_said_again_once(local: LocalSpeech, kind: str) -> None:
    heard = await spoken_with(local, "tts", {"kind": kind, "after": 3})
    told(f"voice: {kind} in a sentence, once", heard)
    assert heard.words.count("take a hat") == 1
    assert ENGLISH.trouble not in heard.words


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


@pytest.mark.parametrize("row", MODEL)
async def test_model(row: str) -> None:
    told(f"model {row}", await with_faults(*MODEL[row], limit_s=14.0))
