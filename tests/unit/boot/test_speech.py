"""Recognition and the voice are chosen, started, asked and closed each by itself: a vendor may bring one alone."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from backend.adapters.speech.speech_to_text import AzureSpeechToText
from backend.adapters.speech.text_to_speech import AzureTextToSpeech
from backend.boot.health import DeepAsk, Disk
from backend.boot.speech import Speech, azure_speech, open_speech, speech_limits, speech_service
from backend.domain.speech import RecognitionEvent, RecognitionOptions
from backend.errors import ConfigError, ProviderError, Unavailable
from backend.ports import Recognition
from backend.testing.caller import FakeSpeechToText
from backend.testing.voice import ScriptedVoice
from config import load_settings
from config.azure import AzureSettings
from config.voice import VoiceSettings


class Service:
    """What both parts have beside the words; ``done`` notes what was asked, in order."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name = name
        self.done = done
        self.trouble: ProviderError | None = None

    async def start(self) -> None:
        self.done.append(f"{self.name} started")

    def ping(self) -> None:
        if self.trouble:
            raise self.trouble

    def stats(self) -> dict[str, Any]:
        return {"of": self.name}

    async def close(self) -> None:
        self.done.append(f"{self.name} closed")


class VendorsEar(Service, FakeSpeechToText):
    """Recognition of another vendor than the voice's."""

    def __init__(self, done: list[str]) -> None:
        Service.__init__(self, "ear", done)
        FakeSpeechToText.__init__(self)

    async def warm(self, options: Iterable[RecognitionOptions]) -> None:
        self.done.extend(f"ear warm for {each.languages[0]}" for each in options)

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        self.done.append("ear opened")
        return await FakeSpeechToText.open(self, options, on_event)


class VendorsVoice(Service, ScriptedVoice):
    """A voice of another vendor than recognition's."""

    def __init__(self, done: list[str]) -> None:
        Service.__init__(self, "voice", done)
        ScriptedVoice.__init__(self)


def two_vendors() -> tuple[Speech, VendorsEar, VendorsVoice, list[str]]:
    done: list[str] = []
    ear, voice = VendorsEar(done), VendorsVoice(done)
    return Speech(ear, voice), ear, voice, done


async def test_each_vendor_is_started_made_ready_and_closed() -> None:
    speech, _, _, done = two_vendors()
    await speech.start()
    await speech.warm([RecognitionOptions(languages=("es-MX",))])
    await speech.close()
    assert done == ["ear started", "voice started", "ear warm for es-MX", "ear closed", "voice closed"]
    assert speech.stats() == {"stt": {"of": "ear"}, "tts": {"of": "voice"}}


@pytest.mark.parametrize("broken", ["ear", "voice"])
async def test_trouble_of_either_is_trouble_of_speech(broken: str) -> None:
    speech, ear, voice, _ = two_vendors()
    await speech.ping()
    assert not speech.trouble
    part = ear if broken == "ear" else voice
    part.trouble = Unavailable(broken, "down")
    assert speech.trouble
    with pytest.raises(Unavailable, match="down"):
        await speech.ping()


async def test_people_can_have_each_vendor_tried() -> None:
    speech, ear, _, done = two_vendors()
    deep = DeepAsk({}, speech, model=None, disk=Disk([]), store=lambda: None)  # type: ignore[arg-type]
    recognizer = next(check for check in deep.checks if check.name == "recognizer")
    assert await recognizer.ask() == "a recognizer connects and listens"
    assert done == ["ear opened"]
    ear.failures.append(Unavailable("ear", "does not connect"))
    with pytest.raises(Unavailable, match="does not connect"):
        await recognizer.ask()


async def test_both_come_from_azure_where_nothing_else_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_SPEECH_ENDPOINT", "https://x.cognitiveservices.azure.com")
    speech = open_speech(load_settings())
    assert isinstance(speech.stt, AzureSpeechToText)
    assert isinstance(speech.tts, AzureTextToSpeech)
    await speech.close()


def test_no_address_is_said_by_the_name_of_the_setting() -> None:
    with pytest.raises(ConfigError, match="AZURE_SPEECH_ENDPOINT"):
        azure_speech(speech_service(AzureSettings(azure_speech_key="k")), speech_limits(VoiceSettings()))  # type: ignore[arg-type]


def test_limits_of_the_settings_are_seconds() -> None:
    limits = speech_limits(VoiceSettings(pool_wait_ms=250, tts_first_audio_ms=1500))
    assert (limits.wait_s, limits.first_audio_s) == (0.25, 1.5)
