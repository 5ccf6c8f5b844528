"""Folders with recorded callers, good and broken."""

import base64
import io
import wave
from pathlib import Path

import pytest

from local_azure.phone.persona import PersonaError, load_persona, persona_of, wire_form

PERSONAS = Path(__file__).parents[2] / "personas"


def wav(rate: int = 16_000, channels: int = 1, milliseconds: int = 100) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\x10\x00" * (rate * channels * milliseconds // 1000))
    return target.getvalue()


def folder(path: Path, text: str, **files: bytes) -> Path:
    (path / "persona.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (path / f"{name}.wav").write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["rear_end", "parking_lot"])
def test_recorded_callers_load(name: str) -> None:
    persona = load_persona(PERSONAS / name)
    assert persona.name == name
    assert set(persona.facts) == {"full_name", "zip_code", "last4"}
    assert all(len(one.pcm) > 8000 for one in persona.utterances)


def test_yaml_truth_values_and_figures_are_words(tmp_path: Path) -> None:
    text = (
        "facts: {zip: 77002}\n"
        "utterances:\n"
        "- {id: no, text: no, when_asked: anything else}\n"
        "- {id: n, text: 42, when_asked: [Number]}\n"
    )
    persona = load_persona(folder(tmp_path, text))
    assert persona.facts == {"zip": "77002"}
    assert [(one.id, one.text, one.when_asked) for one in persona.utterances] == [
        ("no", "no", ("anything else",)),
        ("n", "42", ("number",)),
    ]


def test_other_sample_rates_are_converted(tmp_path: Path) -> None:
    persona = load_persona(folder(tmp_path, "utterances: [{id: a, text: a, wav: a.wav}]", a=wav(8_000)))
    assert abs(len(persona.utterances[0].pcm) - 3200) <= 4


def test_other_words_and_their_recordings_travel_to_the_phone(tmp_path: Path) -> None:
    text = "utterances: [{id: a, text: a, wav: a.wav, again: [b, c], again_wav: b.wav}]"
    persona = load_persona(folder(tmp_path, text, a=wav(), b=wav(milliseconds=50)))
    wire = wire_form(persona)
    arrived = persona_of(wire["persona"], {name: base64.b64decode(content) for name, content in wire["wavs"].items()})
    (one,) = arrived.utterances
    assert [(words, len(pcm)) for words, pcm in map(one.form, range(4))] == [
        ("a", 3200),
        ("b", 1600),
        ("c", 0),
        ("c", 0),
    ]


def test_every_caller_of_ours_loads() -> None:
    names = sorted(path.parent.name for path in PERSONAS.glob("*/persona.yaml"))
    assert len(names) >= 10
    for name in names:
        assert load_persona(PERSONAS / name).name == name


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(PersonaError, match="nobody: no such folder"):
        load_persona(tmp_path / "nobody")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PersonaError, match=r"persona\.yaml: missing"):
        load_persona(tmp_path)


def test_every_missing_recording_is_named(tmp_path: Path) -> None:
    text = "utterances: [{id: a, text: a, wav: a.wav}, {id: b, text: b, wav: b.wav}]"
    with pytest.raises(PersonaError) as refused:
        load_persona(folder(tmp_path, text))
    assert [line.rsplit("/", 1)[1] for line in str(refused.value).splitlines()] == [
        "a.wav: missing (utterance a)",
        "b.wav: missing (utterance b)",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("utterances: [", "not YAML"),
        ("- a", "a mapping"),
        ("name: x", "utterances"),
        ("utterances: []", "utterances"),
        ("utterances: [{id: a}]", r"utterances\.0\.text"),
        ("utterances: [{id: a, text: a, when_asked: {b: c}}]", "when_asked"),
    ],
)
def test_broken_yaml_says_what_is_wrong(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(PersonaError, match=what):
        load_persona(folder(tmp_path, text))


@pytest.mark.parametrize("content", [b"", b"RIFF", wav(channels=2)])
def test_broken_recording_is_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PersonaError, match=r"a\.wav"):
        load_persona(folder(tmp_path, "utterances: [{id: a, text: a, wav: a.wav}]", a=content))


def test_persona_over_the_wire_needs_its_recordings() -> None:
    body = {"utterances": [{"id": "a", "text": "a", "wav": "a.wav"}]}
    assert persona_of(body, {"a.wav": wav()}).utterances[0].pcm
    with pytest.raises(PersonaError, match=r"a\.wav: missing"):
        persona_of(body, {})
