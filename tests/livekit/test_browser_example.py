"""The example page in a real Chromium: it speaks a recording and hears the answer."""

import asyncio
import secrets
import wave
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from chromium import Chromium, NoBrowser, modules, page
from guest import dispatch
from house import house
from livekit import api
from rooms_office import registered

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(240)]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "livekit-browser"
SPOKEN = ROOT / "tests" / "personas" / "rear_end" / "greeting.wav"
PAUSE_S = 12


@pytest.fixture
async def site() -> AsyncGenerator[str]:
    """The example on a static server, with what npm fetched for it."""
    try:
        client = modules(EXAMPLE, "livekit-browser")
    except NoBrowser as error:
        pytest.skip(f"the example in a browser was NOT RUN: {error}")
    app = web.Application()
    app.router.add_static("/node_modules", client)
    app.router.add_static("/", EXAMPLE)
    runner = web.AppRunner(app)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    assert place._server is not None  # pyright: ignore
    port = place._server.sockets[0].getsockname()[1]  # pyright: ignore
    yield f"http://127.0.0.1:{port}/index.html"
    await runner.cleanup()


def _microphone(path: Path) -> Path:
    """The recording with a pause behind it: a browser plays its file over and over."""
    with wave.open(str(SPOKEN)) as spoken, wave.open(str(path), "wb") as said:
        said.setparams(spoken.getparams())
        said.writeframes(spoken.readframes(spoken.getnframes()))
        said.writeframes(bytes(spoken.getframerate() * spoken.getsampwidth() * spoken.getnchannels() * PAUSE_S))
    return path


def _pass(server: LiveKitServer, room: str) -> str:
    token = api.AccessToken(server.api_key, server.api_secret).with_identity("visitor")
    return token.with_grants(api.VideoGrants(room_join=True, room=room)).with_ttl(timedelta(minutes=5)).to_jwt()


LOUDNESS = """(async () => {
  const audio = document.querySelector('audio');
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  for (let i = 0; i < 600 && loudest < 0.02; i++) {
    await new Promise((done) => setTimeout(done, 50));
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
  }
  return loudest;
})()"""


async def test_a_browser_speaks_a_recording_and_hears_the_answer(
    livekit_server: LiveKitServer, chromium: Chromium, site: str, tmp_path: Path
) -> None:
    microphone = [
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={_microphone(tmp_path / 'said.wav')}",
        "--autoplay-policy=no-user-gesture-required",
    ]  # fmt: skip
    async with house(tmp_path, stt="sphinx", LIVEKIT_LINE="insurance", **livekit_server.environment()) as running:
        await registered(running)
        room = f"page-{secrets.token_hex(4)}"
        async with page(chromium, microphone) as tab:
            where = f"url={quote(livekit_server.url, safe='')}&token={_pass(livekit_server, room)}"
            await tab.open(f"{site}#{where}")
            await tab.until("document.readyState === 'complete' && !!window.LivekitClient")
            assert await tab.value("location.hash") == ""  # the pass is not left in the address
            await tab.value("document.getElementById('join').requestSubmit()")
            await tab.until("!document.getElementById('call').hidden || document.getElementById('trouble').textContent")
            assert await tab.value("document.getElementById('trouble').textContent") == ""
            await dispatch(livekit_server, room)
            await tab.until("!!document.querySelector('audio')")
            assert await tab.value(LOUDNESS) > 0.005
            # Both sides are shown, whoever of them speaks first: a browser plays its recording from when it is let in.
            await tab.until("(document.querySelector('#said li:not(.me)') || {}).textContent", 60)
            await tab.until(
                "/accident/.test([...document.querySelectorAll('#said .me')].map((one) => one.textContent))", 60
            )
            state = await tab.value("document.getElementById('state').textContent")
            assert state in ("listening", "thinking", "speaking")
            await tab.value("document.getElementById('end').click()")
        async with asyncio.timeout(20):
            while running.services.desk.live():
                await asyncio.sleep(0.05)


async def test_without_a_microphone_the_page_says_so_and_leaves_nobody_in_the_room(
    livekit_server: LiveKitServer, chromium: Chromium, site: str
) -> None:
    room = f"page-{secrets.token_hex(4)}"
    async with page(chromium, ["--deny-permission-prompts"]) as tab:
        where = f"url={quote(livekit_server.url, safe='')}&token={_pass(livekit_server, room)}"
        await tab.open(f"{site}#{where}")
        await tab.until("document.readyState === 'complete' && !!window.LivekitClient")
        await tab.value("document.getElementById('join').requestSubmit()")
        await tab.until("document.getElementById('trouble').textContent", 60)
        assert not await tab.value("document.getElementById('join').hidden")
        assert await tab.value("room.state") == "disconnected"
