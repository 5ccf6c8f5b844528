"""Better ears: the final words are theirs, and what is noise stays PocketSphinx's to tell."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from backend.errors import ConfigError
from local_azure.speech import ears as installed
from local_azure.speech.engine import HeardEvent, Phrase, RecognitionRequest
from local_azure.speech.hearing import Hearing
from local_azure.speech.sphinx import SphinxRecognizer
from tests.contract.test_sphinx import spoken

pytestmark = pytest.mark.real
with_one_process = pytest.mark.asyncio(loop_scope="module")

REQUEST = RecognitionRequest(languages=("en-US", "es-US"), identify_language=True)


class Ears:
    """Say that they have heard one thing, whatever it was."""

    def __init__(self, text: str, language: str = "en") -> None:
        self.answer = (text, language)
        self.heard: list[bytes] = []

    async def warm(self) -> None: ...

    async def understand(self, pcm: bytes, languages: tuple[str, ...]) -> tuple[str, str]:
        assert languages == REQUEST.languages
        self.heard.append(pcm)
        return self.answer

    async def close(self) -> None: ...


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer() -> AsyncGenerator[SphinxRecognizer]:
    """One process for all: its models take a second to load."""
    recognizer = SphinxRecognizer(workers=1)
    await recognizer.warm()
    yield recognizer
    await recognizer.close()


async def told(recognizer: SphinxRecognizer, ears: Ears, pcm: bytes) -> list[HeardEvent]:
    recognizer.ears, recognizer.adaptation = ears, ""
    events = list[HeardEvent]()
    listener = recognizer.listen(REQUEST, events.append)
    for at in range(0, len(pcm), 3_200):
        listener.feed(pcm[at : at + 3_200])
        await asyncio.sleep(0)
    await listener.finish()
    await listener.close()
    return events


@with_one_process
async def test_the_final_words_are_theirs_over_the_time_of_the_utterance(recognizer: SphinxRecognizer) -> None:
    ears, pcm = Ears("Nobody was hurt."), spoken("rear_end/injuries.wav")
    events = await told(recognizer, ears, pcm)
    phrase = events[-1]
    assert isinstance(phrase, Phrase)
    assert phrase.text == "Nobody was hurt."
    assert len(ears.heard) == 1 and len(ears.heard[0]) > len(pcm) // 4
    assert phrase.words[0].start_ms == phrase.offset_ms
    assert phrase.words[-1].end_ms == pytest.approx(phrase.offset_ms + phrase.duration_ms)


@with_one_process
async def test_who_goes_on_after_a_short_silence_is_heard_whole(recognizer: SphinxRecognizer) -> None:
    ears, pcm = Ears("Nobody was hurt."), spoken("rear_end/injuries.wav")
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, "<i2")) > 1500)
    speech = pcm[2 * loud[0] : 2 * loud[-1]]
    events = await told(recognizer, ears, bytes(6400) + speech + bytes(32 * 300) + speech + bytes(32_000))
    assert [event.text for event in events if isinstance(event, Phrase)] == ["Nobody was hurt."]
    assert len(ears.heard[-1]) > 1.5 * len(speech) > len(ears.heard[0])


@with_one_process
async def test_where_they_make_nothing_of_it_the_words_stay(recognizer: SphinxRecognizer) -> None:
    events = await told(recognizer, Ears(""), spoken("rear_end/injuries.wav"))
    phrase = events[-1]
    assert isinstance(phrase, Phrase) and "nobody" in phrase.text


@with_one_process
async def test_noise_is_not_given_to_them(recognizer: SphinxRecognizer) -> None:
    ears = Ears("Thank you for watching.")
    await told(recognizer, ears, bytes(64_000))
    assert ears.heard == []


@with_one_process
async def test_the_language_is_told_as_the_client_named_it(recognizer: SphinxRecognizer) -> None:
    events = await told(recognizer, Ears("Nadie resultó herido.", "es"), spoken("rear_end/injuries.wav"))
    phrase = events[-1]
    assert isinstance(phrase, Phrase) and phrase.language == "es-US"
    body = Hearing(REQUEST).phrase(phrase)
    assert body["PrimaryLanguage"] == {"Language": "es-US", "Confidence": "High"}


def test_who_asks_for_whisper_without_its_packages_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installed._NEEDED, "whisper", ("no_such_package",))
    with pytest.raises(ConfigError, match="EARS=whisper make run"):
        installed.require_ears("whisper")


def test_their_lock_pins_what_it_shares_with_the_others_alike() -> None:
    """It is installed over the others: another version of anything would take theirs away."""
    folder = Path("requirements")
    others = pins(folder / "types.lock")
    own = pins(folder / "ears/ears.lock")
    assert own
    shared = own.keys() & others.keys()
    assert {name: own[name] for name in shared} == {name: others[name] for name in shared}


def pins(lock: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in lock.read_text("utf-8").splitlines():
        name, sign, rest = line.partition("==")
        if sign and not line.startswith(" "):
            found.setdefault(name, set()).add(rest.split()[0])
    return found
