"""Trying a draft over HTTP: how words would be understood, and how a voice sounds."""

import io
import wave
from collections.abc import AsyncIterator

import httpx2
import pytest

from backend.agents.live import LiveStore
from backend.agents.tried import TriedVersions
from backend.api.application import create_api
from backend.api.services import Access, ApiServices, LiveServices
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryDrafts
from backend.testing.voice import ScriptedVoice
from tests.unit.api.test_store_drafts import Says, live

__all__ = ["live"]


@pytest.fixture
def voice() -> ScriptedVoice:
    return ScriptedVoice()


@pytest.fixture
async def http(live: LiveStore, voice: ScriptedVoice) -> AsyncIterator[httpx2.AsyncClient]:
    revisions = live._log._revisions
    services = ApiServices(
        desk=None, records=None, cases=MemoryCases(), case_search=None, callbacks=MemoryCallbacks(), store=None,
        live=LiveServices(live, revisions, TriedVersions(live, revisions), MemoryDrafts()),
        open_media=None, access=Access(authenticator=Says()), speech=voice,
    )  # fmt: skip
    transport = httpx2.ASGITransport(create_api(services))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1", timeout=10) as http:
        yield http


async def test_a_voice_is_heard_as_the_draft_has_it(http: httpx2.AsyncClient, voice: ScriptedVoice) -> None:
    asked = {"text": "Good day to you.", "voice": {"name": "en-GB-RyanNeural", "rate": "+5%"}}
    answer = await http.post("/store/voice", json=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (24_000, 1)
        assert sound.getnframes() / 24_000 == pytest.approx(4 * 0.3, abs=0.1)
    (spoken,) = voice.voices
    assert (spoken.name, spoken.rate, voice.open) == ("en-GB-RyanNeural", "+5%", 0)


async def test_half_a_minute_is_enough_and_no_more_is_spoken(http: httpx2.AsyncClient, voice: ScriptedVoice) -> None:
    voice.word_ms = 2000
    answer = await http.post("/store/voice", json={"text": " ".join(["word"] * 60)})
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert 30 <= sound.getnframes() / 24_000 < 33
    assert (voice.open, voice.cancelled) == (0, 1)
    assert (await http.post("/store/voice", json={"text": "word " * 100})).status_code == 422


async def test_a_viewer_hears_and_asks_nothing(http: httpx2.AsyncClient, voice: ScriptedVoice) -> None:
    viewer = {"X-Role": "viewer"}
    asked = {"base": "0" * 12, "files": {}, "form": "visit", "field": "day", "words": "friday"}
    assert (await http.post("/store/voice", json={"text": "Hello."}, headers=viewer)).status_code == 403
    assert (await http.post("/store/understand", json=asked, headers=viewer)).status_code == 403
    assert voice.said == []


async def test_what_is_not_there_is_said(http: httpx2.AsyncClient, live: LiveStore) -> None:
    asked = {"base": live.store.version, "files": {}, "form": "visit", "field": "day", "words": "friday"}
    answer = await http.post("/store/understand", json=asked)
    assert (answer.status_code, "no form 'visit'" in answer.text) == (404, True)
    answer = await http.post("/store/understand", json=asked | {"language": "xx-XX"})
    assert (answer.status_code, "No line speaks 'xx-XX'" in answer.text) == (404, True)
    broken = asked | {"files": {"agents/one.yaml": "name: ["}}
    assert (await http.post("/store/understand", json=broken)).json()["error"]["problems"]


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00", "9999-12-31T23:00:00", "1969-12-31T00:00:00"])
async def test_words_are_understood_on_a_day_that_has_others_around_it(
    http: httpx2.AsyncClient, live: LiveStore, now: str
) -> None:
    asked = {"base": live.store.version, "files": {}, "form": "visit", "field": "day", "words": "friday", "now": now}
    answer = await http.post("/store/understand", json=asked)
    assert answer.status_code == 422 and "expected a year" in answer.text
