"""What is fuzzed: everything that reads what somebody else wrote. Each may refuse in one documented way and no other."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from mutator import Mutator

from backend.agents.files import StoreFiles
from backend.agents.prompts import render_words
from backend.agents.store import build_store
from backend.agents.yaml_file import YamlFault, parse_yaml
from backend.domain.tool import ToolNames
from backend.errors import ProtocolError, StoreError
from backend.protocol import acs_callbacks, acs_media, event_grid
from backend.yaml_loader import load_yaml
from local_azure.speech.context import read_recognition, read_sample_rate, read_synthesis
from local_azure.speech.usp import decode_binary, decode_text

__all__ = ["TARGETS", "Target"]

ROOT = Path(__file__).resolve().parents[2]
WIRE = ROOT / "tests/protocol/wire"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that reads."""

    name: str
    make: Callable[[random.Random], Any]
    """An input of these random numbers."""
    read: Callable[[Any], object]
    refuses: tuple[type[Exception], ...] = ()
    """How it may refuse."""
    share: float = 1.0
    """Part of the count that it gets: what checks a whole store takes a thousand times as long as what reads a frame."""
    slow_s: float = 1.0
    """One input may take so much processor time."""


def _loaded(name: str) -> Any:
    """A module that one target has a use for: processes that read something else do without its seconds. It is there
    before an input is read, whose time is taken."""
    return import_module(name)


def _frames() -> list[bytes]:
    audio = acs_media.audio_frame(bytes(640))
    told = [
        {"kind": "AudioMetadata", "audioMetadata": {"subscriptionId": "s", "encoding": "PCM", "sampleRate": 16000,
                                                    "channels": 1, "length": 640}},
        {"Kind": "AudioMetadata", "AudioMetadata": {"SubscriptionId": "s", "Encoding": "PCM", "SampleRate": 24000,
                                                    "Channels": 1, "Length": 960}},
        {"kind": "AudioData", "audioData": {"timestamp": "2024-11-15T19:16:12.925Z", "participantRawID": "8:acs:x",
                                            "data": "AAAA", "silent": False}},
        {"kind": "DtmfData", "dtmfData": {"data": "3", "timestamp": "t"}},
        {"kind": "MarkData", "markData": {"id": "m", "status": "Completed"}},
    ]  # fmt: skip
    return [audio, acs_media.stop_frame(), *(json.dumps(one).encode() for one in told)]


def _callbacks(body: bytes) -> None:
    for entry in acs_callbacks.entries_of(body):
        acs_callbacks.read_event(entry)


def _deliveries(body: bytes) -> None:
    for entry in event_grid.entries_of(body):
        event_grid.read_event(entry)


def _wire(*names: str) -> list[bytes]:
    return [(WIRE / name).read_bytes() for name in names]


_USP = (
    b"X-Timestamp:2026-11-21T04:54:20.683Z\r\nPath:speech.context\r\nX-RequestId:052c5b1dfb074f06a715ed0360cc7c2c\r\n\r\n"
    b'{"phraseDetection":{"mode":"CONVERSATION","language":"en-us","CONVERSATION":{"segmentation":'
    b'{"segmentationSilenceTimeoutMs":700,"mode":"Custom"}}},"dgi":{"Groups":[{"Type":"Generic","Items":[{"Text":"FNOL"}]}]},'
    b'"audio":{"streams":{"1":null}},"languageId":{"languages":["en-US","es-ES"],"mode":"DetectContinuous"}}'
)
_USP_HEADERS = (
    b"Path:audio\r\nContent-Type:audio/x-wav\r\nX-RequestId:22f4f68e10eb4a1bbaa17fc557e46393\r\nX-StreamId:1\r\n"
)
_RIFF = bytes.fromhex("524946460000000057415645666d74201000000001000100803e0000007d0000020010006461746100000000")


def _usp(body: bytes) -> None:
    if body[:1] == b"X":
        body_of = decode_text(body.decode("utf-8", "replace")).json()
        if isinstance(body_of, dict):
            read_recognition(body_of, "en-US", 16_000)
            read_synthesis(body_of)
    else:
        message = decode_binary(body)
        read_sample_rate(message.payload)


_AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\ngreeting: Welcome to {{ line.company }}.\n"
_LINE = (
    'name: main\ncompany: Acme\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\nperson: {number: "+18005550199"}\n'
    "timezone: America/Chicago\n"
)
_PROMPT = "You are {{ agent.name }} of {{ line.company }}. {% for other in agents %}{{ other.name }}: {{ other.when }}\n{% endfor %}"
_TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})


@dataclass(frozen=True, slots=True)
class StoreInput:
    """One agent, its line and its prompt, one of them broken."""

    agent: bytes
    line: bytes
    prompt: str


@cache
def _yaml_seeds() -> list[bytes]:
    shipped = [path.read_bytes() for path in sorted((ROOT / "agent_store").glob("[alt]*/*.yaml"))]
    return [_AGENT.encode(), _LINE.encode(), *(raw for raw in shipped if len(raw) < 6000)]


def _store(rng: random.Random) -> StoreInput:
    agent, line, prompt = _AGENT.encode(), _LINE.encode(), _PROMPT
    match rng.randrange(3):
        case 0:
            agent = Mutator([agent]).raw(rng)
        case 1:
            line = Mutator([line]).raw(rng)
        case _:
            prompt = Mutator([prompt.encode()]).raw(rng).decode("utf-8", "replace")
    return StoreInput(agent, line, prompt)


def _build(store: StoreInput) -> None:
    files = StoreFiles(
        agents={"agent_store/agents/one.yaml": store.agent},
        lines={"agent_store/lines/main.yaml": store.line},
        prompts={"one.jinja": store.prompt},
    )
    build_store(files, _TOOLS)


_TEMPLATES = (
    "I found {{ result.found | spoken_list }}.", "There is no {{ arguments.name }}.", "{{ result.zip | spoken_digits }}",
    "{% if result.ok %}Yes{% else %}No{% endif %}", "{% for one in result.found %}{{ loop.index }} {{ one|upper }}{% endfor %}",
    "{% set z %}{{ result }}{% endset %}{{ z }}{{ z }}", "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ m(m(m(result))) }}",
    "{{ (result.found * 3) | join(', ') | replace('a', 'bb') }}", "{{ result | tojson }} {{ '%s' | format(result) }}",
)  # fmt: skip
_VALUES = {"result": {"found": ["a lamp", "a chair"], "zip": "60601", "ok": True}, "arguments": {"name": "lamp"}}


def _sentences() -> list[bytes]:
    found: list[str] = []
    for name in ("tests/readers/asides.yaml", "tests/readers/consent_a.yaml", "tests/pauses/utterances.yaml"):
        found.extend(_texts(load_yaml((ROOT / name).read_text())))
    found.extend(_loaded("spoken_targets").SENTENCES)
    return [sentence.encode() for sentence in found if 0 < len(sentence) < 300]


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for one in (*value.keys(), *value.values()) for text in _texts(one)]
        case list():
            return [text for one in value for text in _texts(one)]
        case _:
            return []


def _made(seeds: Sequence[bytes], how: str) -> Callable[[random.Random], Any]:
    return getattr(Mutator(seeds), how)


_ANSWERS = [json.dumps(one).encode() for one in (
    {"found": ["a lamp", "a chair"]}, {"found": [], "total": 3}, {"error": "no such thing"}, ["a"], "plain", 5, None,
)]  # fmt: skip
_ARGUMENTS = [b'{"name": "arm chair/2", "how_many": 3}', b'{"name": "x"}', b"{}"]


def _exchange(rng: random.Random) -> tuple[bytes, bytes, int]:
    _loaded("tool_answers").ready()
    asked = Mutator(_ARGUMENTS).either(rng) if rng.random() < 0.5 else rng.choice(_ARGUMENTS)
    return asked, Mutator(_ANSWERS).either(rng), rng.choice((200, 200, 201, 400, 404, 422))


_AUDIO = len(_USP_HEADERS).to_bytes(2, "big") + _USP_HEADERS + _RIFF

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("acs_media", _made(_frames(), "either"), acs_media.read_frame, (ProtocolError,)),
        Target("callbacks", _made(_wire("call_connected.json"), "either"), _callbacks, (ProtocolError,)),
        Target(
            "event_grid", _made(_wire("incoming_call.json", "validation.json"), "either"), _deliveries, (ProtocolError,)
        ),
        Target("usp", _made([_USP, _AUDIO], "raw"), _usp, (ProtocolError,)),
        Target("yaml", _made(_yaml_seeds(), "raw"), parse_yaml, (YamlFault,), share=0.1, slow_s=2.0),
        Target("store", _store, _build, (StoreError,), share=0.01, slow_s=5.0),
        Target(
            "prompts",
            lambda rng: Mutator([one.encode() for one in _TEMPLATES]).raw(rng).decode("utf-8", "replace"),
            lambda source: render_words(source, _VALUES),
            (StoreError,),
            share=0.1,
            slow_s=5.0,
        ),
        Target("tool_answers", _exchange, lambda given: _loaded("tool_answers").read_answer(given), share=0.1),
        Target(
            "spoken",
            lambda rng: (rng.randrange(len(_loaded("spoken_targets").READERS)), Mutator(_sentences_once()).words(rng)),
            lambda said: _loaded("spoken_targets").read(said[0], said[1], date(2026, 11, 21)),
        ),
    )
}


@cache
def _sentences_once() -> list[bytes]:
    return _sentences()
