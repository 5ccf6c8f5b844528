"""The list of voices, as the service gives it: enough of them for what runs against the local Azure."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

__all__ = ["routes"]

_PATHS = ("/tts/cognitiveservices/voices/list", "/cognitiveservices/voices/list")
_NAMES = {
    "en-US": "AvaNeural AvaMultilingualNeural AndrewNeural AndrewMultilingualNeural EmmaNeural EmmaMultilingualNeural "
    "BrianNeural BrianMultilingualNeural JennyNeural JennyMultilingualNeural GuyNeural AriaNeural DavisNeural "
    "JaneNeural JasonNeural NancyNeural SaraNeural TonyNeural MichelleNeural RogerNeural SteffanNeural",
    "en-GB": "SoniaNeural RyanNeural LibbyNeural ThomasNeural AdaMultilingualNeural OllieMultilingualNeural",
    "en-AU": "NatashaNeural WilliamNeural",
    "es-US": "PalomaNeural AlonsoNeural",
    "es-MX": "DaliaNeural JorgeNeural DaliaMultilingualNeural JorgeMultilingualNeural",
    "es-ES": "ElviraNeural AlvaroNeural XimenaMultilingualNeural",
    "fr-FR": "DeniseNeural HenriNeural VivienneMultilingualNeural RemyMultilingualNeural",
    "de-DE": "KatjaNeural ConradNeural SeraphinaMultilingualNeural FlorianMultilingualNeural",
}


def routes() -> list[BaseRoute]:
    """The list on both addresses of the service: its own host's and the resource's."""
    return [Route(path, _list) for path in _PATHS]


async def _list(request: Request) -> Response:
    if not (request.headers.get("ocp-apim-subscription-key") or request.headers.get("authorization")):
        return Response(status_code=401)
    return JSONResponse([_voice(locale, name) for locale, names in _NAMES.items() for name in names.split()])


def _voice(locale: str, name: str) -> dict[str, Any]:
    plain = name.removesuffix("Neural").removesuffix("Multilingual")
    return {
        "Name": f"Microsoft Server Speech Text to Speech Voice ({locale}, {name})",
        "DisplayName": plain,
        "LocalName": plain,
        "ShortName": f"{locale}-{name}",
        "Gender": "Female",
        "Locale": locale,
        "SampleRateHertz": "24000",
        "VoiceType": "Neural",
        "Status": "GA",
    }
