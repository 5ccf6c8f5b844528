"""``ringmaster understand``: what would the line make of these words?"""

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer
from rich.console import Console
from rich.table import Table

from backend.adapters.terminal.screen import as_written, screen
from backend.agents.store import load_store
from backend.agents.understanding import Question, Understanding, language_of, read
from backend.cli.guard import guarded, guarded_places
from backend.domain.storable import clean
from backend.errors import ConfigError
from backend.language.named import language_named
from backend.language.reading import Reading
from backend.tool_store.built_in_names import BUILT_IN
from config import Settings
from config.connections import ConnectionSettings

__all__ = ["answers", "understand"]


def understand(
    words: Annotated[str, typer.Argument(help="What the caller said, as speech recognition writes it.")] = "",
    form: Annotated[str, typer.Option(help="Name of the form whose question was asked.")] = "",
    field: Annotated[str, typer.Option(help="Field of the form that was asked for.")] = "",
    language: Annotated[str, typer.Option(help="Language of the call, such as es-MX.")] = "en-US",
    now: Annotated[
        str, typer.Option(help="The caller's local date and time, such as 2026-11-26T09:00. Default: now.")
    ] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read rows {id, kind, language, now, question, words} on standard input.")
    ] = False,
    model: Annotated[bool, typer.Option("--model", help="Also ask the line's model, and show both readings.")] = False,
    directory: Annotated[
        Path | None,
        typer.Option(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
) -> None:
    """Show how the line would understand these words: value, doubt, question and read-back."""

    def run(connections: ConnectionSettings) -> None:
        store = _understanding(connections, directory)
        if jsonl:
            if isinstance(sys.stdin, TextIOWrapper):  # a byte-order mark, or a byte that is no text, ends nothing
                sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
            answers(sys.stdin, sys.stdout, sys.stderr, store)
            return
        if not (words and form and field):
            raise ConfigError(
                'Say a form, a field and words: ringmaster understand --form FORM --field FIELD "friday".'
            )
        question = store.of_field(form, field, store.in_language(language), _when(now))
        reading = language_named(language).read(words, question.asked)
        _show(screen(), words, language, question, reading)

    def ask(settings: Settings) -> None:
        run(settings.connections)
        store = _understanding(settings.connections, directory)
        _show_model(settings, store, store.of_field(form, field, language, _when(now)), words)

    if model:
        guarded(ask)
        return
    guarded_places(run)


def answers(rows: IO[str], out: IO[str], errors: IO[str], store: Understanding) -> None:
    """An answer a row, in the same order, made by the readers alone. A row that cannot be read answers nothing."""
    told: set[str] = set()
    for number, line in enumerate(rows, 1):
        if not line.strip():
            continue
        answer: dict[str, Any] = {"id": None, "outcome": "none"}
        try:
            row = _row(line)
            answer["id"] = row.get("id")
            if not isinstance(row.get("words"), str):
                raise ConfigError('expected what the caller said as "words": "..."')
            question = store.of_row(row)
            answer |= _answer(question, read(row, question))
            _tell_unread(language_of(row), store, told, number, errors)
        except (ValueError, TypeError, ConfigError) as error:
            print(f"row {number}: {error}", file=errors)
        print(_written(answer), file=out)


def _written(answer: Mapping[str, Any]) -> str:
    """As JSON that can be read by people, and written anywhere: half a character in an id is written as it came."""
    text = json.dumps(answer, ensure_ascii=False)
    return text if clean(text) == text else json.dumps(answer)


def _row(line: str) -> Mapping[str, Any]:
    """What stands in a line.

    Raises:
        ConfigError: it is no row.
    """
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise ConfigError('expected one row a line, as JSON such as {"id": 1, "kind": "date", "words": "friday"}')
    return cast(dict[str, Any], row)


def _tell_unread(language: str, store: Understanding, told: set[str], number: int, errors: IO[str]) -> None:
    """Say once of each language that nobody reads it: its rows are answered as its callers are, with a question."""
    if language in told:
        return
    told.add(language)
    try:
        store.in_language(language)
    except ConfigError as error:
        print(f"row {number}, and each other row in {language!r}: {error}", file=errors)


def _answer(question: Question, reading: Reading) -> dict[str, Any]:
    answer: dict[str, Any] = {"outcome": reading.outcome}
    if reading.value is not None:
        answer["value"] = question.shaped(reading.value)
    if reading.outcome == "none":
        answer["none_kind"] = reading.nothing or "other"
    return answer


def _understanding(connections: ConnectionSettings, directory: Path | None) -> Understanding:
    place = directory
    if place is None and not connections.agent_store.is_dir():
        place = connections.store_seed
    agents = place / "agent_store" if place else connections.agent_store
    prompts = place / "prompt_store" if place else connections.prompt_store
    return Understanding(load_store(agents, prompts, BUILT_IN))


def _when(text: str) -> datetime:
    if not text:
        return datetime.now().replace(microsecond=0)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ConfigError(f"{text!r} is no date and time; expected one such as 2026-11-25T18:40.") from None


def _show(console: Console, words: str, language: str, question: Question, reading: Reading) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)

    def row(*cells: str) -> None:
        table.add_row(*as_written(*cells))

    texts = question.field.texts_in(language) if question.field is not None else None
    row("asked", question.asked.question or question.asked.kind)
    row("heard", words)
    row(
        "outcome",
        {"value": "a value", "ask": "a doubt: it is asked again", "none": "nothing about it"}[reading.outcome],
    )
    if reading.value is not None:
        row("value", json.dumps(question.shaped(reading.value), ensure_ascii=False))
    if len(reading.candidates) > 1:
        row("or", ", ".join(json.dumps(one, ensure_ascii=False) for one in reading.candidates[1:]))
    if reading.why or reading.against:
        row("doubt", "; ".join(filter(None, (reading.why, ", ".join(reading.against)))))
    if reading.outcome == "none":
        row("instead", _INSTEAD[reading.nothing or "other"])
    if reading.outcome != "value" and texts is not None:
        row("question", texts.again or texts.ask)
    if reading.value is not None:
        row("read-back", language_named(language).say(question.asked.kind, reading.value, question.asked))
    console.print(table)


def _show_model(settings: Settings, store: Understanding, question: Question, words: str) -> None:
    from backend.cli.second_witness import model_says  # loads the SDK, which only this option needs

    if question.form is None or question.field is None:
        return
    turn = (question.asked.now.isoformat(" ", "minutes"), question.asked.question, words)
    said = asyncio.run(model_says(settings, store.store, question.form, question.field.name, turn))
    screen().print(f"the model  {'nothing' if said is None else json.dumps(said, ensure_ascii=False)}", markup=False)


_INSTEAD = {
    "unknown": "they do not know", "wait": "they ask for time", "question": "they ask back",
    "person": "they want a person", "other": "something else",
}  # fmt: skip
