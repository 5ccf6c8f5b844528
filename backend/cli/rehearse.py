"""``ringmaster rehearse``: plays written conversations against a store."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from backend.cli.guard import guarded
from backend.cli.house import Choices, open_house, open_store
from backend.cli.progress import progress
from backend.errors import ConfigError
from backend.rehearsal.junit import write_junit
from backend.rehearsal.rehearse import Outcome
from backend.rehearsal.rehearse import rehearse as play_suite
from backend.rehearsal.report import show_outcomes
from backend.rehearsal.suite import load_suites
from config import Settings

__all__ = ["rehearse"]


def rehearse(
    suite_dir: Annotated[Path, typer.Argument(help="Folder with suite.yaml, or a folder of such folders.")] = Path(
        "tests/rehearsals"
    ),
    store: Annotated[
        Path | None,
        typer.Option(help="Folder that holds agent_store and prompt_store. Default: those of the settings."),
    ] = None,
    model: Annotated[
        str, typer.Option(help="stand-in (rules, in this process) or endpoint (the model of the settings).")
    ] = "",
    model_manner: Annotated[
        str,
        typer.Option(help="How capable the stand-in is: usual, or dumb (passes on the caller's words as they are)."),
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
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every conversation.")] = False,
) -> None:
    """Play written conversations against the agents; says what did not go as written.

    Exit status: 0 all went as written, 1 some did not, 2 a suite or the store is broken.
    """

    def run(settings: Settings) -> None:
        agents = open_store(settings, store)
        suites = load_suites(suite_dir, agents)
        wanted = sum(only in one.name for suite in suites for one in suite.conversations)
        if not wanted:
            raise ConfigError(f"--only: no conversation's name contains {only!r}")

        async def play_all() -> list[Outcome]:
            outcomes: list[Outcome] = []
            with progress("rehearsing", wanted) as advance:
                for suite in suites:
                    choices = Choices(
                        store, model or suite.spec.model or "stand-in", suite.policies, live_tools, model_manner
                    )
                    async with open_house(settings, agents, choices) as house:
                        outcomes += await play_suite(
                            suite, house, only=only, at_once=at_once, on_done=lambda _: advance()
                        )
            return outcomes

        outcomes = asyncio.run(play_all())
        show_outcomes(Console(), outcomes, verbose=verbose)
        if junit is not None:
            write_junit(junit, outcomes)
        raise typer.Exit(0 if all(outcome.passed for outcome in outcomes) else 1)

    guarded(run)
