"""``ringmaster rehearse``: plays written conversations against a store."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from backend.adapters.terminal.screen import screen
from backend.agents.store import AgentStore
from backend.cli.guard import guarded
from backend.cli.keep_run import Played, keep_run
from backend.cli.progress import progress
from backend.cli.rehearsal_parts import Choices, open_rehearsal_parts, open_store
from backend.cli.run_suites import suites_of_run
from backend.cli.suite_records import check_records
from backend.errors import ConfigError, SuiteError
from backend.rehearsal.junit import write_junit
from backend.rehearsal.rehearse import Outcome
from backend.rehearsal.rehearse import rehearse as play_suite
from backend.rehearsal.report import show_outcomes
from backend.rehearsal.suite import Suite, load_suites
from config import Settings

__all__ = ["rehearse"]


def rehearse(
    suite_dir: Annotated[
        Path | None,
        typer.Argument(
            help="Folder with suite.yaml, or a folder of such folders. Default: the rehearsals of the store, and those "
            "in REHEARSALS that are for its lines."
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
    model: Annotated[
        str, typer.Option(help="stand-in (rules, in this process) or endpoint (the model of the settings).")
    ] = "",
    model_manner: Annotated[
        str,
        typer.Option(
            help="How capable the stand-in is: usual, dumb (passes on the caller's words as they are), or tidy (passes "
            "on values, as a good model does)."
        ),
    ] = "usual",
    live_tools: Annotated[
        bool,
        typer.Option(
            "--live-tools", help="Call the real servers of declared tools instead of using the answers in suite.yaml."
        ),
    ] = False,
    only: Annotated[str, typer.Option(help="Play only conversations whose name contains this text.")] = "",
    at_once: Annotated[
        int, typer.Option(min=1, max=100, help="How many conversations are played at the same time.")
    ] = 8,
    junit: Annotated[Path | None, typer.Option(help="Also write the results as JUnit XML, to this file.")] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Keep the results in the database: a line may demand them before the store goes live."
        ),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every conversation.")] = False,
) -> None:
    """Play written conversations against the agents; says what did not go as written.

    Exit status: 0 all went as written, 1 some did not, 2 a suite or the store is broken.
    """

    def run(settings: Settings) -> None:
        agents = open_store(settings, store)
        suites = load_suites(suite_dir, agents) if suite_dir else _all_suites(settings, agents, store)
        for suite in suites:
            check_records(suite, agents)
        began = datetime.now(UTC)
        outcomes = asyncio.run(
            _play(
                settings,
                agents,
                suites,
                only,
                at_once,
                lambda suite: Choices(
                    store, model or suite.spec.model or "stand-in", suite.policies, live_tools, model_manner
                ),
            )
        )
        if keep:
            kept = Played(suites, outcomes, began, all=suite_dir is None and not only, model=model)
            asyncio.run(keep_run(settings, agents.version, kept))
        show_outcomes(screen(), outcomes, verbose=verbose)
        if junit is not None:
            write_junit(junit, outcomes)
        raise typer.Exit(0 if all(outcome.passed for outcome in outcomes) else 1)

    guarded(run)


async def _play(
    settings: Settings,
    agents: AgentStore,
    suites: Sequence[Suite],
    only: str,
    at_once: int,
    choices_for: Callable[[Suite], Choices],
) -> list[Outcome]:
    """Play the suites one after the other, and show how far it is.

    Raises:
        ConfigError: no conversation's name contains ``only``.
    """
    wanted = sum(only in one.name for suite in suites for one in suite.conversations)
    if not wanted:
        raise ConfigError(f"--only: no conversation's name contains {only!r}")
    outcomes: list[Outcome] = []
    with progress("rehearsing", wanted) as advance:
        for suite in suites:
            async with open_rehearsal_parts(settings, agents, choices_for(suite)) as parts:
                outcomes += await play_suite(suite, parts, only=only, at_once=at_once, on_done=lambda _: advance())
    return outcomes


def _all_suites(settings: Settings, agents: AgentStore, store: Path | None) -> list[Suite]:
    """What a server plays when it is asked for everything.

    Raises:
        SuiteError: one of them is broken, or there is none.
    """
    place = store / "agent_store" if store else settings.connections.agent_store
    servers = settings.connections.rehearsals
    suites, broken = suites_of_run(agents, place / "rehearsals", servers)
    if broken:
        raise SuiteError([problem for one in broken for problem in one.problems])
    if not suites:
        raise SuiteError([f"there is no suite.yaml below {place / 'rehearsals'} or {servers}"])
    return suites
