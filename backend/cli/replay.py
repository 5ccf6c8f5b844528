"""``ringmaster replay``: recorded calls once more, against an edited store."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

import typer

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.terminal.screen import screen
from backend.agents.store import AgentStore
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.cli.audited import noted
from backend.cli.guard import guarded
from backend.cli.progress import progress
from backend.cli.rehearsal_parts import Choices, open_rehearsal_parts, open_store
from backend.domain.call import CallRecord
from backend.domain.search import CallQuery
from backend.errors import ConfigError
from backend.rehearsal.junit import write_junit
from backend.rehearsal.replay import Kind, Replayed
from backend.rehearsal.replay import replay as play
from backend.rehearsal.replay_report import as_outcomes, show_replays
from backend.rehearsal.spec import ToolAnswerSpec
from backend.rehearsal.suite import load_suites
from config import Settings

__all__ = ["BEHAVIOR", "WantedCalls", "replay"]

_KINDS: tuple[Kind, ...] = get_args(Kind)
BEHAVIOR: tuple[Kind, ...] = ("agent", "tools", "outcome", "fault")
"""Differences in what agents do, and not only in their words."""


def replay(
    call_ids: Annotated[
        list[str] | None, typer.Argument(help="Ids of the calls to replay. Default: the newest calls (see --last).")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Folder that holds the edited agent_store and prompt_store. Default: those of the settings."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Folder of a store to compare with. Default: compare with what was recorded.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Folder with suite.yaml whose tool_answers are used in place of declared tools.")
    ] = None,
    last: Annotated[
        int, typer.Option(min=1, max=1000, help="How many of the newest calls to replay when no ids are given.")
    ] = 20,
    line: Annotated[str, typer.Option(help="Only calls of this line. Default: all lines.")] = "",
    words: Annotated[
        bool, typer.Option("--words", help="Different wording counts as a difference too, not only what agents do.")
    ] = False,
    model: Annotated[
        str, typer.Option(help="stand-in (rules, in this process) or endpoint (the model of the settings).")
    ] = "stand-in",
    at_once: Annotated[int, typer.Option(min=1, max=100, help="How many calls are replayed at the same time.")] = 8,
    junit: Annotated[Path | None, typer.Option(help="Also write the results as JUnit XML, to this file.")] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show different wording even where it does not count.")
    ] = False,
) -> None:
    """Play recorded calls again on an edited agent store and compare what the agents do, turn by turn.

    Nothing is changed by it. Exit status: 0 every call goes as before, 1 some do not, 2 it could not be tried.
    """

    def run(settings: Settings) -> None:
        edited = open_store(settings, store)
        before = open_store(settings, baseline) if baseline else None
        counting = _KINDS if words else BEHAVIOR
        written = _answers(answers, edited) if answers else []
        trial = _Trial(edited, before, model, written, at_once)
        replays = asyncio.run(_replay(settings, trial, WantedCalls(call_ids or [], last, line)))
        show_replays(screen(), replays, counting, verbose=verbose)
        if junit is not None:
            write_junit(junit, as_outcomes(replays, counting))
        raise typer.Exit(1 if any(one.counting(counting) for one in replays) else 0)

    guarded(run)


_LOOKED_FOR = {
    None: ("recorded call", ""), True: ("recorded test", ""), False: ("real call", "; tests are left out"),
}  # fmt: skip
"""What calls are called by whether they are tests, and what is to be known where there are none."""


class WantedCalls:
    """Which calls.

    Args:
        call_ids: these; empty: the newest.
        last: so many of the newest.
        line: only of this line; empty: of every line.
        test: tests only, or real calls only; ``None``: both. Those that are named are taken whatever they are.
    """

    def __init__(self, call_ids: Sequence[str], last: int, line: str, test: bool | None = None) -> None:
        self._call_ids = call_ids
        self._last = last
        self._line = line
        self._test = test

    async def find(self, settings: Settings) -> list[CallRecord]:
        """The calls, with their turns.

        Raises:
            ConfigError: there is none.
            Unavailable: the database cannot be used.
        """
        database = open_database(settings.connections, open_cipher(settings))
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            records = SqlCallRecords(database)
            ids = list(self._call_ids) or await self._newest(records)
            calls: list[CallRecord] = []
            for call_id in ids:
                call = await records.get(call_id)
                if call is None:
                    raise ConfigError(f"there is no recorded call {call_id}")
                calls.append(call)
        if not calls:
            where = f" on the line {self._line}" if self._line else ""
            kind, rest = _LOOKED_FOR[self._test]
            raise ConfigError(f"there is no {kind} in which a caller said something{where}{rest}")
        return calls

    async def _newest(self, records: SqlCallRecords) -> list[str]:
        """Calls that are over and in which the caller said something; the newest first."""
        found: list[str] = []
        for call in await records.list(CallQuery(line=self._line, test=self._test), limit=min(self._last * 5, 2000)):
            if len(found) < self._last and call.outcome:
                whole = await records.get(call.call_id)
                if whole is not None and any(turn.caller_text for turn in whole.turns):
                    found.append(call.call_id)
        return found


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is tried, and how."""

    edited: AgentStore
    before: AgentStore | None
    model: str
    answers: Sequence[ToolAnswerSpec]
    at_once: int


def _answers(suite_dir: Path, store: AgentStore) -> list[ToolAnswerSpec]:
    """What declared tools answer in the rehearsals of a suite."""
    suites = load_suites(suite_dir, store)
    return [answer for suite in suites for answer in suite.spec.tool_answers]


async def _replay(settings: Settings, trial: _Trial, wanted: WantedCalls) -> Sequence[Replayed]:
    calls, choices = await wanted.find(settings), Choices(model=trial.model)
    await _note(settings, trial, len(calls))
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_rehearsal_parts(settings, trial.edited, choices))
        other = None
        if trial.before:
            other = await stack.enter_async_context(open_rehearsal_parts(settings, trial.before, choices))
        advance = stack.enter_context(progress("replaying", len(calls)))
        return await play(
            calls, parts, baseline=other, answers=trial.answers, at_once=trial.at_once, on_done=lambda _: advance()
        )


async def _note(settings: Settings, trial: _Trial, calls: int) -> None:
    """Whoever replays calls is shown what was said in them."""
    database = open_database(settings.connections, open_cipher(settings))
    try:
        async with noted(SqlAuditBook(database), "replays.play", "") as hand:
            hand.after, hand.detail = trial.edited.version, {"model": trial.model, "calls": calls}
    finally:
        await database.close()
