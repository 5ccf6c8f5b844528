"""Recorded callers: what they may say, and which question each utterance answers."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import soxr
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from backend.yaml_loader import load_yaml
from local_azure.wav_file import mono_wav, read_mono_wav

__all__ = ["PERSONA_RATE", "Persona", "PersonaError", "Utterance", "load_persona", "persona_of", "wire_form"]

PERSONA_RATE = 16_000
_FILE = "persona.yaml"


class PersonaError(ValueError):
    """A persona that cannot be used. The message names the file and what is wrong with it."""


class Utterance(BaseModel):
    """One thing that the caller may say."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    text: str = Field(min_length=1, repr=False)
    """The true words."""
    wav: str | None = None
    """File next to persona.yaml; without one a voice of the machine says the text."""
    when_asked: tuple[str, ...] = ()
    """Keywords in what the agent says that this answers."""
    again: tuple[str, ...] = Field(default=(), repr=False)
    """Said when the same thing is asked again, one after the other; the last one for good."""
    again_wav: tuple[str, ...] = ()
    """Recordings of ``again``, in its order; what has none is said by a voice of the machine."""
    press: str = Field(default="", pattern=r"^[0-9*#]*$", repr=False)
    """Keys that are pressed instead of saying it, whatever was offered."""
    mends: str | None = None
    """Id of an utterance that was wrong: this one is the truth, and is said where the wrong one is read back."""
    pcm: bytes = Field(default=b"", exclude=True, repr=False)
    again_pcm: tuple[bytes, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """All that may be said, the first time first."""
        return self.text, *self.again

    def form(self, times: int) -> tuple[str, bytes]:
        """Words and sound for somebody who has answered this ``times`` times before."""
        if not self.again or times == 0:
            return self.text, self.pcm
        place = min(times, len(self.again)) - 1
        return self.again[place], self.again_pcm[place] if place < len(self.again_pcm) else b""

    @field_validator("id", "text", "press", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        """YAML reads ``id: yes`` as a truth value and ``text: 42`` as a number."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value) if isinstance(value, int | float) else value

    @field_validator("again", "again_wav", mode="before")
    @classmethod
    def _forms(cls, value: object) -> object:
        """One form may stand alone."""
        if value is None:
            return ()
        listed: list[object] = cast("list[object]", value) if isinstance(value, list | tuple) else [value]
        return tuple("yes" if one is True else "no" if one is False else str(one) for one in listed)

    @field_validator("when_asked", mode="before")
    @classmethod
    def _keywords(cls, value: object) -> object:
        """One keyword may stand alone."""
        if value is None:
            return ()
        if isinstance(value, list | tuple):
            return tuple(str(word).lower() for word in cast("list[object]", value))
        return (str(value).lower(),) if isinstance(value, str | int | float) else value


class Persona(BaseModel):
    """A caller."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(default="caller", min_length=1)
    line: str = ""
    timezone: str = "America/Chicago"
    """Where the caller is, so that their yesterday is known; the demo line's callers are in Chicago."""
    facts: dict[str, str] = Field(default_factory=dict[str, str], repr=False)
    """What is true of the caller, whatever the agent understands."""
    keys: Literal["", "first"] = ""
    """``first``: presses keys as soon as they are offered; else only when the words were not understood."""
    utterances: tuple[Utterance, ...] = Field(min_length=1)

    @field_validator("facts", mode="before")
    @classmethod
    def _facts(cls, value: object) -> object:
        """Figures may stand without quotes."""
        if isinstance(value, dict):
            return {str(key): str(item) for key, item in cast("dict[object, object]", value).items()}
        return value

    def find(self, name: str) -> Utterance | None:
        """The utterance with this id."""
        return next((utterance for utterance in self.utterances if utterance.id == name), None)


def load_persona(folder: Path) -> Persona:
    """Read ``persona.yaml`` and the recordings beside it.

    Raises:
        PersonaError: the folder, the file or a recording is missing or broken; each fault on its own line.
    """
    if not folder.is_dir():
        raise PersonaError(f"{folder}: no such folder")
    path = folder / _FILE
    if not path.is_file():
        raise PersonaError(f"{path}: missing")
    try:
        body: object = load_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PersonaError(f"{path}: not YAML: {error}") from error
    persona = _parsed(body, str(path))
    sounds: dict[str, bytes] = {}
    problems: list[str] = []
    for utterance in persona.utterances:
        for wav in _recordings(utterance):
            try:
                sounds[wav] = (folder / wav).read_bytes()
            except OSError:
                problems.append(f"{folder / wav}: missing (utterance {utterance.id})")
    if problems:
        raise PersonaError("\n".join(problems))
    return _with_sounds(persona, sounds, str(folder))


def persona_of(body: Mapping[str, Any], sounds: Mapping[str, bytes]) -> Persona:
    """A persona that came over the wire: the content of persona.yaml, and WAV files by their names.

    Raises:
        PersonaError: it cannot be used.
    """
    return _with_sounds(_parsed(body, "persona"), sounds, "persona")


def wire_form(persona: Persona) -> dict[str, Any]:
    """``persona`` and ``wavs`` of the phone's ``dial`` message."""
    wavs = {
        wav: base64.b64encode(mono_wav(pcm, PERSONA_RATE)).decode()
        for one in persona.utterances
        for wav, pcm in zip(_recordings(one), _sounds_of(one), strict=True)
    }
    return {"persona": persona.model_dump(mode="json"), "wavs": wavs}


def _parsed(body: object, where: str) -> Persona:
    if not isinstance(body, dict):
        raise PersonaError(f"{where}: a mapping with name, facts and utterances is needed")
    try:
        return Persona.model_validate(body)
    except ValidationError as error:
        lines = [f"{where}: {'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise PersonaError("\n".join(lines)) from error


def _with_sounds(persona: Persona, sounds: Mapping[str, bytes], where: str) -> Persona:
    utterances: list[Utterance] = []
    problems: list[str] = []
    for utterance in persona.utterances:
        pcm: dict[str, bytes] = {}
        for wav in _recordings(utterance):
            content = sounds.get(wav)
            try:
                if content is None:
                    raise ValueError(f"missing (utterance {utterance.id})")
                pcm[wav] = _pcm(content)
            except ValueError as error:
                problems.append(f"{where}/{wav}: {error}")
        own = pcm.get(utterance.wav or "", b"")
        again = tuple(pcm.get(wav, b"") for wav in utterance.again_wav)
        utterances.append(utterance.model_copy(update={"pcm": own, "again_pcm": again}))
    if problems:
        raise PersonaError("\n".join(problems))
    return persona.model_copy(update={"utterances": tuple(utterances)})


def _recordings(utterance: Utterance) -> list[str]:
    """The names of an utterance's recordings."""
    return [*([utterance.wav] if utterance.wav is not None else []), *utterance.again_wav]


def _sounds_of(utterance: Utterance) -> list[bytes]:
    """The recordings themselves, in the order of their names."""
    return [*([utterance.pcm] if utterance.wav is not None else []), *utterance.again_pcm]


def _pcm(content: bytes) -> bytes:
    pcm, rate = read_mono_wav(content)
    if rate == PERSONA_RATE:
        return pcm
    return soxr.resample(np.frombuffer(pcm, dtype="<i2"), rate, PERSONA_RATE).astype("<i2").tobytes()
