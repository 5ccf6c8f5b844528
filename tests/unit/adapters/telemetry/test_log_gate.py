"""The log: one gate that names the call, counts what repeats, and lets nothing private through."""

import json
import logging
from collections.abc import Iterator

import pytest

from backend.adapters.telemetry.log_gate import LogGate
from backend.adapters.telemetry.log_lines import JsonLines, TextLines
from backend.adapters.telemetry.recent import RecentLog
from backend.adapters.telemetry.repeats import Repeats
from backend.domain.call_context import CallContext, bound
from backend.domain.worker_name import worker_name
from backend.errors import ConfigError

log = logging.getLogger("backend.some.part")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Written:
    """A gate with a clock, and the objects that came out of it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.recent = RecentLog()
        self.recent.setFormatter(JsonLines())
        self.gate = LogGate([self.recent], Repeats(300, self.clock))

    @property
    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.recent.lines]


@pytest.fixture
def written() -> Iterator[Written]:
    made = Written()
    level, log.propagate = log.level, False
    log.setLevel(logging.INFO)
    log.addHandler(made.gate)
    yield made
    log.removeHandler(made.gate)
    log.setLevel(level)
    log.propagate = True


def test_each_record_names_its_call_and_worker(written: Written) -> None:
    with bound(CallContext("c1", "main", "desk", 3)):
        log.warning("media broke", extra={"event": "media.broke"})
        log.warning("media broke", extra={"event": "media.broke", "call_id": "other", "agent": "mine"})
    log.warning("of no call", extra={"event": "worker.died"})
    first, second, third = written.objects
    assert {name: first[name] for name in ("call_id", "line", "agent", "turn", "worker")} == {
        "call_id": "c1", "line": "main", "agent": "desk", "turn": 3, "worker": worker_name(),
    }  # fmt: skip
    assert (second["call_id"], second["agent"]) == ("other", "mine")
    assert "call_id" not in third
    assert third["worker"] == worker_name()


def test_lines_have_milliseconds_and_are_one_object_each(written: Written) -> None:
    log.warning("two\nlines", extra={"event": "media.broke"})
    (line,) = written.recent.lines
    assert "\n" not in line
    assert json.loads(line)["time"][19] == "."
    assert json.loads(line)["time"].endswith("+00:00")


def test_no_value_begins_a_line_or_is_obeyed_by_a_terminal() -> None:
    record = logging.LogRecord("backend.x", logging.INFO, "", 0, "said %s", ("a\n12:00 ERROR forged",), None)
    record.why = "\x1b[2J\x9b1A\r\u00e9"
    line = TextLines().format(record)
    assert line.endswith("INFO backend.x said a\\n12:00 ERROR forged why=\\x1b[2J\\x9b1A\\r\u00e9")


@pytest.mark.parametrize("letter", "\n\r\x0b\x0c\x1b\x1c\x85\x9b\u2028\u2029\u202e\u2066\u200b\ufeff\ud800", ids=ascii)
@pytest.mark.parametrize("style", [TextLines, JsonLines])
def test_nothing_that_is_logged_breaks_or_turns_a_line(style: type[logging.Formatter], letter: str) -> None:
    recent = RecentLog()
    recent.setFormatter(style())
    given = f"a{letter}12:00:00.000 ERROR forged"
    try:
        raise ConfigError(given)
    except ConfigError as error:
        record = logging.LogRecord("x", logging.INFO, "", 0, given, (), (ConfigError, error, error.__traceback__))
    record.why = given
    LogGate([recent]).emit(record)
    (line,) = recent.lines
    assert letter == "\n" or letter not in line
    assert not any(part.startswith("12:00:00.000") for part in line.splitlines())
    assert line.count("forged") == 3, "it is seen"
    if style is JsonLines:
        assert len(line.splitlines()) == 1
        assert json.loads(line)["why"] == given


def test_fields_arguments_and_exceptions_are_masked(written: Written) -> None:
    try:
        raise ValueError("my name is john and my card is 4111111111111111")
    except ValueError:
        log.exception("broke for %s", "+12065550123", extra={"event": "tool.broke", "why": "a@b.example"})
    (line,) = written.recent.lines
    assert not [secret for secret in ("john", "4111", "2065550123", "a@b.example") if secret in line.split("File")[0]]
    assert "ValueError: ***" in line
    record = logging.LogRecord("backend.x", logging.INFO, "", 0, "plain", (), None)
    assert TextLines().format(record).endswith("plain")


def test_a_record_is_not_changed_for_other_handlers(written: Written, caplog: pytest.LogCaptureFixture) -> None:
    log.addHandler(caplog.handler)
    log.warning("call %s", "+12065550123", extra={"event": "media.broke"})
    log.removeHandler(caplog.handler)
    assert caplog.records[0].getMessage() == "call +12065550123"


def test_a_forgotten_task_tells_only_the_kind_of_its_error(written: Written) -> None:
    log.error("Task exception was never retrieved\nfuture: <Task exception=ValueError('john smith')>")
    assert "john" not in written.recent.lines[0]
    assert "ValueError(***)" in written.recent.lines[0]


def test_an_outage_is_told_once_then_counted_and_summed_up_at_its_end(written: Written) -> None:
    for _ in range(72):
        log.warning("channel lost", extra={"event": "redis.channel_lost", "error": "ConnectionError"})
    log.info("Redis is back", extra={"event": "redis.back"})
    log.warning("channel lost", extra={"event": "redis.channel_lost", "error": "ConnectionError"})
    assert [(o["event"], o.get("counted")) for o in written.objects] == [
        ("redis.channel_lost", None), ("redis.back", 72), ("redis.channel_lost", None),
    ]  # fmt: skip


def test_an_outage_that_goes_on_is_told_every_five_minutes_with_its_count(written: Written) -> None:
    for minute in range(11):
        written.clock.now = 1000.0 + 60 * minute
        log.warning("away", extra={"event": "store.not_followed", "code": "session.lost"})
    assert [o.get("repeated") for o in written.objects] == [None, 4, 4]


def test_what_was_counted_is_told_even_when_nothing_more_comes(written: Written) -> None:
    for _ in range(5):
        log.warning("away", extra={"event": "store.not_followed", "code": "session.lost"})
    written.clock.now += 301
    written.gate.sweep()
    written.gate.sweep()
    assert [o.get("repeated") for o in written.objects] == [None, 4]


def test_two_outages_are_not_taken_for_one(written: Written) -> None:
    for code in ("provider.unavailable", "provider.rate_limited"):
        for call in ("c1", "c2"):
            with bound(CallContext(call, "main")):
                log.warning("failed", extra={"event": "model.attempt_failed", "code": code})
    assert len(written.objects) == 4


def test_faults_and_notes_are_always_told(written: Written) -> None:
    for _ in range(3):
        log.error("worker died", extra={"event": "worker.died"})
    assert len(written.objects) == 3
    assert written.recent.counts == {"worker.died": 3}
