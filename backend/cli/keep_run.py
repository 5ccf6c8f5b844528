"""Keeps what ``ringmaster rehearse`` has played, as runs that a server plays are kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import use_key
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.cli.audited import who_runs
from backend.cli.run_rehearsals import told_of
from backend.domain.store_run import RunResult, StoreRun
from backend.rehearsal.rehearse import Outcome
from backend.rehearsal.suite import Suite
from config import Settings

__all__ = ["Played", "keep_run"]


@dataclass(frozen=True, slots=True)
class Played:
    """Rehearsals that were played.

    Attributes:
        all: were all played that the suites have?
        model: ``endpoint`` or ``stand-in``; empty: as each suite says.
    """

    suites: Sequence[Suite]
    outcomes: Sequence[Outcome]
    began: datetime
    all: bool
    model: str

    @property
    def on_line_model(self) -> bool:
        """Was every one of them played on the line's own model? One on the stand-in says nothing of wording."""
        return all((self.model or suite.spec.model or "stand-in") == "endpoint" for suite in self.suites)

    def results(self) -> list[RunResult]:
        """As they are kept."""
        lines = {
            (suite.name, one.name): one.spec.line or suite.spec.line
            for suite in self.suites
            for one in suite.conversations
        }
        return [
            RunResult(
                name=f"{one.suite}/{one.name}",
                line=lines[one.suite, one.name],
                passed=one.passed,
                told=told_of(one),
            )
            for one in self.outcomes
        ]


async def keep_run(settings: Settings, version: str, played: Played) -> None:
    """Keep a run that is over.

    Args:
        settings: where the database is.
        version: what was rehearsed.
        played: what came of it.

    Raises:
        Unavailable: the database cannot be used.
    """
    database = open_database(settings.connections, open_cipher(settings))
    try:
        await database.migrate()
        await use_key(database)
        await _keep(database, version, played)
    finally:
        await database.close()


async def _keep(database: Database, version: str, played: Played) -> None:
    results, runs = played.results(), SqlStoreRuns(database)
    run = StoreRun(
        id=secrets.token_hex(8),
        kind="rehearsal",
        version=version,
        model="line" if played.on_line_model else "stand_in",
        names=None if played.all else tuple(result.name for result in results),
        actor=who_runs(),
        started_at=played.began,
        total=len(results),
    )
    await runs.begin(run)
    for position, result in enumerate(results, 1):
        await runs.add(run.id, position, result)
    await runs.end(run.id, "done", datetime.now(UTC))
