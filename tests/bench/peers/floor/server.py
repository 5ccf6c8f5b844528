"""The floor: the same call with no framework, to show what Python, uvicorn and JSON cost alone."""

import asyncio
import time

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from bench import probe, wire

app = FastAPI()
probe.install(app)


class Playback:
    """Sends bot audio at the rate it is heard, and can be cut off."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()

    def play(self, pcm: bytes) -> None:
        self._frames.put_nowait(pcm)

    async def stop(self) -> None:
        while not self._frames.empty():
            self._frames.get_nowait()
        await self._websocket.send_text(wire.STOP_AUDIO)

    async def run(self) -> None:
        due = 0.0
        while True:
            pcm = await self._frames.get()
            if due < time.perf_counter() - wire.FRAME_SECONDS:
                due = time.perf_counter()  # a new utterance, not a late frame
            await self._websocket.send_text(wire.encode_audio(pcm))
            due += wire.FRAME_SECONDS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def model(call: probe.CallProbe):
    for token in wire.script.tokens():
        call.token()
        yield token
        await asyncio.sleep(wire.script.token_seconds)


async def sentences(tokens):
    text = ""
    async for token in tokens:
        text += token
        if text.endswith("."):
            yield text
            text = ""


async def answer(call: probe.CallProbe, playback: Playback) -> None:
    async for _ in sentences(model(call)):
        call.tts_requested()
        for _ in range(wire.script.sentence_frames):
            playback.play(wire.TTS_FRAME)


@app.websocket("/acs")
async def acs(websocket: WebSocket) -> None:
    await websocket.accept()
    call = probe.CallProbe()
    probe.tap(websocket, call)
    playback = Playback(websocket)
    player = asyncio.create_task(playback.run())
    reply: asyncio.Task | None = None
    try:
        while True:
            pcm = wire.decode_audio(await websocket.receive_text())
            if pcm is None:
                continue
            call.heard()
            if pcm.startswith(wire.START_OF_SPEECH):
                call.user_started()
                if reply:
                    reply.cancel()
                await playback.stop()
            elif pcm.startswith(wire.END_OF_SPEECH):
                call.final_transcript()
                reply = asyncio.create_task(answer(call, playback))
    except WebSocketDisconnect:
        player.cancel()
