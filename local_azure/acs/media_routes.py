"""Routes about what is heard and pressed on a call: playing, keys, media streaming."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import aiohttp
import numpy as np
import soxr
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from local_azure.acs.call import Call
from local_azure.acs.call_routes import find_call
from local_azure.acs.events import Result
from local_azure.acs.rest import ApiError, ApiRequest, Rest, empty
from local_azure.acs.switchboard import Switchboard
from local_azure.acs.tones import ToneRecognition, tone_of
from local_azure.voices import Voices
from local_azure.wav_file import read_mono_wav

__all__ = ["MediaRoutes"]

_FETCH_SECONDS = 10.0
_NOT_PLAYED = Result(400, 8536, "Action failed, file could not be downloaded.")


class MediaRoutes:
    """play, recognize (keys), continuous keys, send keys, start and stop streaming, cancel."""

    def __init__(self, board: Switchboard, rest: Rest, voices: Voices) -> None:
        self._board = board
        self._rest = rest
        self._voices = voices

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        one = "/calling/callConnections/{connection_id}"
        actions = {
            "play": self.play,
            "recognize": self.recognize,
            "startContinuousDtmfRecognition": self.start_tones,
            "stopContinuousDtmfRecognition": self.stop_tones,
            "sendDtmfTones": self.send_tones,
            "startMediaStreaming": self.start_streaming,
            "stopMediaStreaming": self.stop_streaming,
            "cancelAllMediaOperations": self.cancel,
        }
        return [self._rest.route("POST", f"{one}:{name}", handler) for name, handler in actions.items()]

    async def play(self, request: ApiRequest) -> Response:
        """Say or play something: 202, then PlayStarted and PlayCompleted or PlayFailed."""
        call = find_call(self._board, request)
        sources = request.body.get("playSources")
        if not isinstance(sources, list) or not sources:
            raise ApiError(400, "BadRequest", "The field PlaySources is required.")
        if request.body.get("interruptCallMediaOperation"):
            call.playing.stop()
        self._board.background.spawn(self._play(call, sources, request.text("operationContext")), "play")
        return empty(202)

    async def recognize(self, request: ApiRequest) -> Response:
        """Collect keys: 202, then RecognizeCompleted or RecognizeFailed. Speech is recognized elsewhere."""
        call = find_call(self._board, request)
        if request.text("recognizeInputType") != "dtmf":
            raise ApiError(400, "BadRequest", "The local Azure recognizes keys only here.")
        context = request.text("operationContext")

        def done(tones: list[str], result: Result) -> None:
            call.recognition = None
            if result.code == 200:
                call.emit(
                    "RecognizeCompleted",
                    result=result,
                    context=context,
                    recognitionType="dtmf",
                    dtmfResult={"tones": tones},
                )
            else:
                call.emit("RecognizeFailed", result=result, context=context)

        if call.recognition is not None:
            call.recognition.cancel()
        call.recognition = ToneRecognition(request.body, done)
        prompt = request.section("playPrompt")
        if prompt is not None:
            self._board.background.spawn(self._prompt(call, prompt, call.recognition), "recognize-prompt")
        else:
            call.recognition.start()
        return empty(202)

    async def start_tones(self, request: ApiRequest) -> Response:
        """Report every key: 200."""
        find_call(self._board, request).listen(on=True, context=request.text("operationContext"))
        return empty(200)

    async def stop_tones(self, request: ApiRequest) -> Response:
        """Report keys no more: 200."""
        find_call(self._board, request).listen(on=False, context=request.text("operationContext"))
        return empty(200)

    async def send_tones(self, request: ApiRequest) -> Response:
        """Press keys for the party to hear: 202, then SendDtmfTonesCompleted."""
        call = find_call(self._board, request)
        tones = request.body.get("tones")
        try:
            keys = [tone_of(str(tone)) for tone in tones] if isinstance(tones, list) else []
        except ValueError as error:
            raise ApiError(400, "BadRequest", str(error)) from error
        context = request.text("operationContext")
        for key in keys:
            if call.leg is not None:
                call.leg.party.key(key)
        call.emit("SendDtmfTonesCompleted", context=context)
        return JSONResponse({"operationContext": context}, 202)

    async def start_streaming(self, request: ApiRequest) -> Response:
        """Open the media socket, also after it broke for good: 202, then MediaStreamingStarted or Failed."""
        call = find_call(self._board, request)
        if call.options is None:
            raise ApiError(400, "8500", "The call was taken without media streaming options.")
        self._board.start_streaming(call)
        return empty(202)

    async def stop_streaming(self, request: ApiRequest) -> Response:
        """Close the media socket: 202, then MediaStreamingStopped."""
        self._board.stop_streaming(find_call(self._board, request))
        return empty(202)

    async def cancel(self, request: ApiRequest) -> Response:
        """Stop playing and collecting: 202."""
        call = find_call(self._board, request)
        if call.playing.queued_ms:
            call.playing.stop()
            call.emit("PlayCanceled")
        if call.recognition is not None:
            call.recognition.cancel()
            call.recognition = None
            call.emit("RecognizeCanceled")
        return empty(202)

    async def _play(self, call: Call, sources: list[Mapping[str, Any]], context: str | None) -> None:
        stops = call.playing.stats.stops
        try:
            for source in sources:
                call.playing.add(await self._sound(call, source))
        except (OSError, ValueError, ElementTree.ParseError, aiohttp.ClientError, TimeoutError):
            call.emit("PlayFailed", result=_NOT_PLAYED, context=context, failedPlaySourceIndex=0)
            return
        call.emit("PlayStarted", context=context)
        await call.playing.finished()
        if call.playing.stats.stops == stops:
            call.emit("PlayCompleted", context=context)

    async def _prompt(self, call: Call, source: Mapping[str, Any], recognition: ToneRecognition) -> None:
        call.playing.add(await self._sound(call, source))
        await call.playing.finished()
        recognition.start()

    async def _sound(self, call: Call, source: Mapping[str, Any]) -> bytes:
        kind, rate = source.get("kind"), call.audio.sample_rate
        if kind == "text":
            text = str(source["text"]["text"])
            return await self._voices.speak(text, "agent", rate, str(source["text"].get("voiceName") or ""))
        if kind == "ssml":
            root = ElementTree.fromstring(str(source["ssml"]["ssmlText"]))  # noqa: S314 - loopback, from our own server
            return await self._voices.speak(" ".join("".join(root.itertext()).split()), "agent", rate)
        if kind != "file":
            raise ValueError("unknown play source")
        limit = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
        async with self._board.web.get(str(source["file"]["uri"]), timeout=limit, raise_for_status=True) as answer:
            return _read_wav(await answer.read(), rate)


def _read_wav(content: bytes, rate: int) -> bytes:
    pcm, given = read_mono_wav(content)
    samples = np.frombuffer(pcm, dtype="<i2")
    return soxr.resample(samples, given, rate).astype("<i2").tobytes()
