"""Kept phrases: what a voice has said once is there in the next process, for this service and this voice only."""

import logging
from pathlib import Path

import pytest

from backend.adapters.files.phrase_sounds import FilePhraseSounds
from backend.boot.phrases import phrase_sounds
from backend.domain.audio import PCM_16K, PCM_24K
from backend.domain.speech import SpeechAudio, Voice, WordBoundary
from config import Settings, load_settings

AVA = Voice()
SAID = [WordBoundary("Hello.", 0.0, 250.0, 0), SpeechAudio(b"\x01\x02" * 400), SpeechAudio(b"\x03\x04" * 10)]


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_phrase_is_the_same_in_the_next_process(tmp_path: Path) -> None:
    await FilePhraseSounds(tmp_path / "new", "azure").save("Hello.", AVA, PCM_16K, SAID)
    assert list(await FilePhraseSounds(tmp_path / "new", "azure").load("Hello.", AVA, PCM_16K)) == SAID


async def test_another_service_voice_text_or_format_is_another_phrase(tmp_path: Path) -> None:
    kept = FilePhraseSounds(tmp_path, "azure")
    await kept.save("Hello.", AVA, PCM_16K, SAID)
    assert not await FilePhraseSounds(tmp_path, "ws://127.0.0.1:8090").load("Hello.", AVA, PCM_16K)
    assert not await kept.load("Hello.", Voice(rate="+5%"), PCM_16K)
    assert not await kept.load("Hello!", AVA, PCM_16K)
    assert not await kept.load("Hello.", AVA, PCM_24K)


@pytest.mark.parametrize("content", [b"", b"\x00nonsense", b"\x83\xa4form\x02\xa6phrase\xa0\xa5parts\x90"])
async def test_a_broken_file_is_no_phrase(tmp_path: Path, content: bytes) -> None:
    kept = FilePhraseSounds(tmp_path, "azure")
    await kept.save("Hello.", AVA, PCM_16K, SAID)
    (path,) = files(tmp_path)
    path.write_bytes(content)
    assert not await kept.load("Hello.", AVA, PCM_16K)
    await kept.save("Hello.", AVA, PCM_16K, SAID)
    assert await kept.load("Hello.", AVA, PCM_16K)


async def test_silence_is_not_kept(tmp_path: Path) -> None:
    await FilePhraseSounds(tmp_path, "azure").save("Hello.", AVA, PCM_16K, SAID[:1])
    assert not files(tmp_path)


async def test_a_folder_that_cannot_be_written_is_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = FilePhraseSounds(tmp_path / "file", "azure")
    with caplog.at_level(logging.WARNING):
        await kept.save("Hello.", AVA, PCM_16K, SAID)
        await kept.save("Goodbye.", AVA, PCM_16K, SAID)
    assert [record.getMessage() for record in caplog.records] == ["the audio of phrases cannot be stored"]


async def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.adapters.files.phrase_sounds._MOST", 3)
    kept = FilePhraseSounds(tmp_path, "azure")
    for number in range(5):
        await kept.save(f"Number {number}.", AVA, PCM_16K, SAID)
    assert len(files(tmp_path)) == 3
    assert await kept.load("Number 4.", AVA, PCM_16K)


def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, endpoint: str, folder: str = "") -> Settings:
    monkeypatch.setenv("AZURE_SPEECH_ENDPOINT", endpoint)
    monkeypatch.setenv("AGENT_STORE", str(tmp_path / "agent_store"))
    if folder:
        monkeypatch.setenv("PHRASES_DIR", folder)
    return load_settings()


def test_phrases_lie_beside_the_store_and_a_stand_in_on_this_machine_keeps_none_unasked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    azure = phrase_sounds(settings(monkeypatch, tmp_path, "https://westeurope.tts.example.com"))
    assert azure is not None
    assert azure.folder == tmp_path / "kept_phrases"
    assert phrase_sounds(settings(monkeypatch, tmp_path, "ws://127.0.0.1:8090")) is None
    asked = phrase_sounds(settings(monkeypatch, tmp_path, "ws://127.0.0.1:8090", str(tmp_path / "here")))
    assert asked is not None
    assert asked.folder == tmp_path / "here"
