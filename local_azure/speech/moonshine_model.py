"""The Moonshine speech model on ONNX Runtime: sound in, words out, in a twentieth of the time that the sound takes.

Moonshine "base" (Moonshine AI, MIT license; 61 million parameters) comes in the package ``moonshine-cpp``, in the form
of ONNX Runtime and with weights of eight bits that are spread out again at every step. It is written out as ONNX once
when it is loaded, so that this is done beforehand: a step then takes 11 ms of a core in place of 60.
"""

import math
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from backend.errors import ConfigError
from local_azure.speech.moonshine_search import BEGIN, END, PhraseBias, Search
from local_azure.speech.onnx_names import with_names

__all__ = ["MoonshineModel", "Understood"]

_PACKAGE = "moonshine_cpp"
_FOLDER = "models/base-en"
_RATE = 16_000
_MOST_TOKENS_A_SECOND = 6.5
"""More than anybody says (the maker's own limit): what goes on beyond is a loop."""
_HEADS, _WIDTH = 8, 52
"""Of each layer of attention."""
_WORD_BEGINS = "\u2581".encode()
_ERRORS_ONLY = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """What an utterance says, as it is written; empty for nothing."""

    text: str = field(repr=False)
    confidence: float
    """Geometric mean of the probabilities of its tokens, from 0 to 1."""


class MoonshineModel:
    """Loads in two seconds, takes 400 MB, and works on one thread."""

    def __init__(self) -> None:
        folder = _folder()
        self._encoder = _session(_spread_out(folder / "encoder_model.ort"))
        self._decoder = _session(_spread_out(folder / "decoder_model_merged.ort"))
        self._memory = [one.name for one in self._decoder.get_inputs() if one.name.startswith("past")]
        self._renewed = [one.name.replace("present", "past_key_values") for one in self._decoder.get_outputs()[1:]]
        self._tokens = _tokens((folder / "tokenizer.bin").read_bytes())

    def understand(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> Understood:
        """What 16-bit mono PCM of 16 kHz says; words of ``phrases`` are a little likelier than others."""
        sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32)[None] / 32768
        heard = self._encoder.run(None, {"input_values": sound})[0]
        memory: dict[str, Any] = {name: np.zeros((1, _HEADS, 0, _WIDTH), np.float32) for name in self._memory}
        search, rows = Search(self._tokens, PhraseBias.of(phrases)), [0]
        for step in range(math.ceil(sound.shape[1] / _RATE * _MOST_TOKENS_A_SECOND)):
            latest = np.array([[story.tokens[-1]] for story in search.stories])
            given = {"input_ids": latest, "encoder_hidden_states": np.repeat(heard, len(rows), 0), **memory}
            scores, *renewed = self._decoder.run(None, {**given, "use_cache_branch": np.array([step > 0])})
            rows = search.advance(scores[:, -1])
            if not rows:
                break
            memory = self._remembered(memory, dict(zip(self._renewed, renewed, strict=True)), rows, first=step == 0)
        return Understood(self._written(search.best.tokens), search.best.confidence)

    def _remembered(
        self, memory: dict[str, Any], renewed: dict[str, Any], rows: list[int], *, first: bool
    ) -> dict[str, Any]:
        """What the decoder keeps of stories that go on from ``rows``. What was heard is the same for all of them."""
        return {
            name: (renewed if first or ".decoder." in name else memory)[name][
                rows if ".decoder." in name else [0] * len(rows)
            ]
            for name in self._memory
        }

    def _written(self, said: tuple[int, ...]) -> str:
        pieces = (self._tokens[token] for token in said if token not in (BEGIN, END))
        return b"".join(pieces).replace(_WORD_BEGINS, b" ").decode("utf-8", "replace").strip()


def _folder() -> Path:
    """Where the model lies. The package itself is not loaded: it brings an ONNX Runtime of its own."""
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ConfigError(f"--stt moonshine: the package {_PACKAGE} is not installed")
    return Path(found.submodule_search_locations[0]) / _FOLDER


def _session(model: bytes | str, written_to: Path | None = None) -> Any:
    # Only this process loads it, and it need not be installed.
    import onnxruntime as onnx  # pyright: ignore[reportMissingImports]

    options: Any = onnx.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    if written_to is not None:
        options.optimized_model_filepath = str(written_to)
        options.add_session_config_entry("session.save_model_format", "ONNX")
    return onnx.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _spread_out(path: Path) -> bytes:
    """The model as ONNX, which ONNX Runtime prepares as far as it can when it loads it."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "model.onnx")
        _session(str(path), written)
        return with_names(written.read_bytes())


def _tokens(content: bytes) -> list[bytes]:
    """Each behind its length: one byte, or two, the lower seven bits first."""
    found: list[bytes] = []
    at = 0
    while at < len(content):
        length = content[at]
        at += 1
        if length >= 128:
            length += 128 * (content[at] - 1)
            at += 1
        found.append(content[at : at + length])
        at += length
    return found
