"""A whole call, with faults, as the log and the exporters of its server see it: each record names its call."""

import asyncio
import json
import logging
import re
from pathlib import Path

import aiohttp
import pytest
from house import LINE, house
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backend.adapters.telemetry import exporting
from backend.adapters.telemetry.log_gate import LogGate
from backend.adapters.telemetry.log_lines import JsonLines
from backend.boot import telemetry
from local_azure.faults import Fault

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

_ON_THE_PATH = (
    "backend.engine",
    "backend.tool_store",
    "backend.adapters.speech.recognition",
    "backend.adapters.openai",
)
_OF_NO_CALL = ("backend.boot.health_board", "backend.engine.desk.phrase_warmer")
_SAYS = (
    ("i need to report a car accident", "hurt"), ("nobody was hurt", "name"), ("john smith", "zip code"),
    ("six zero six zero one", "four digits"), ("four eight two one", "what happened"), ("i was driving", "when"),
)  # fmt: skip
"""What the caller says, and what they are asked then."""
_PRIVATE = re.compile(r"John|Smith|(?<![0-9a-f.])(?:60601|4821|2065550123)(?![0-9a-f])")
"""Digits not as a part of an id, which may hold any."""


class Lines(logging.Handler):
    """Every record that is written, as an object."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.objects: list[dict] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.objects.append(json.loads(self.format(record)))


async def test_each_record_and_span_of_a_call_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    made = exporting.set_up_telemetry
    monkeypatch.setattr(
        telemetry, "set_up_telemetry",
        lambda destinations, sampling: made(destinations, sampling, processors=[SimpleSpanProcessor(exporter)]),
    )  # fmt: skip
    lines = Lines()
    gate = LogGate([lines])
    logging.getLogger("backend").addHandler(gate)
    monkeypatch.setattr(logging.getLogger("backend"), "level", logging.DEBUG)
    try:
        async with house(tmp_path, hurried=True, TTS_TEXT_STREAMING="false") as home:
            home.azure.state.faults.add("stt", Fault("error", after=60, times=3))  # told on a thread of the SDK's
            home.azure.state.faults.add("model", Fault("status", status=500))
            home.azure.state.faults.add("tts", Fault("status", status=503))
            phone = home.azure.phones.dial(LINE)
            await phone.until_connected()
            await phone.until_answered("help you")
            for words, answer in _SAYS:
                await phone.say_text(words)
                await phone.until_answered(answer)
            phone.hang_up()
            call = await home.record(phone.connection_id)
            async with aiohttp.ClientSession() as web, web.get(f"{home.url}/metrics") as answer:
                page = await answer.text()
    finally:
        logging.getLogger("backend").removeHandler(gate)
    on_path = [
        o
        for o in lines.objects
        if (o["logger"].startswith(_ON_THE_PATH) and not o["logger"].startswith(_OF_NO_CALL))
        or o.get("event") == "model.attempt_failed"
    ]
    nameless = [o for o in on_path if o.get("call_id") != call.call_id]
    assert nameless == []
    events = [o["event"] for o in on_path if "event" in o]
    assert events.count("call.began") == events.count("call.ended") == 1
    assert "call.handed_over" in events
    assert {"recognizer.changed", "model.attempt_failed"} <= set(events), events
    ended = next(o for o in on_path if o.get("event") == "call.ended")
    assert (ended["outcome"], ended["version"], ended["line"]) == (call.outcome, call.store_version, call.line)
    assert ended["wait_p95_ms"] > 0
    assert ended["seconds"] > 1
    everything = json.dumps(lines.objects) + "".join(s.to_json() for s in exporter.get_finished_spans())
    assert _PRIVATE.findall(everything) == []
    spans = [
        s for s in exporter.get_finished_spans() if s.attributes.get("ringmaster.call.id", call.call_id) == call.call_id
    ]
    of_call = {s.context.trace_id for s in spans if s.name in ("ringmaster.turn", "ringmaster.call", "chat")}
    assert len(of_call) == 1
    assert len([s for s in spans if s.context.trace_id in of_call]) <= 200  # a call of five minutes has at most so many
    assert {"chat", "ringmaster.call", "ringmaster.turn"} <= {s.name for s in spans}
    assert any(s.name.startswith("execute_tool") for s in spans)
    requests = [s for s in spans if "callbacks" in s.name]
    assert any(s.attributes.get("ringmaster.call.id") == call.call_id for s in requests)
    assert not re.search(r"(callbacks|stream)/(?!\{token\}|\*\*\*)", everything)
    assert 'ringmaster_calls_ended_total{ringmaster_line="' in page
    assert "gen_ai_client_operation_duration_seconds_count{" in page
    assert "ringmaster_calls_live 0.0" in page


async def test_two_calls_at_once_do_not_take_each_others_name(tmp_path: Path) -> None:
    lines = Lines()
    gate = LogGate([lines])
    logging.getLogger("backend").addHandler(gate)
    logging.getLogger("backend").setLevel(logging.INFO)
    try:
        async with house(tmp_path, hurried=True) as home:
            phones = [home.azure.phones.dial(LINE) for _ in range(2)]
            await asyncio.gather(*(phone.until_connected() for phone in phones))
            await asyncio.gather(*(phone.until_answered("help you") for phone in phones))
            for phone in phones:
                phone.hang_up()
            calls = [await home.record(phone.connection_id) for phone in phones]
    finally:
        logging.getLogger("backend").removeHandler(gate)
        logging.getLogger("backend").setLevel(logging.NOTSET)
    began = [o["call_id"] for o in lines.objects if o.get("event") == "call.began"]
    ended = [o["call_id"] for o in lines.objects if o.get("event") == "call.ended"]
    assert sorted(began) == sorted(ended) == sorted(call.call_id for call in calls)
