"""Plays the rehearsals of a run and tells of each as it is over."""

from collections.abc import Callable
from pathlib import Path

from backend.agents.store import AgentStore
from backend.cli.rehearsal_parts import Choices, open_rehearsal_parts
from backend.cli.run_suites import BrokenSuite, chosen, suites_of_run
from backend.domain.store_run import RunJob, RunResult
from backend.errors import RunRefused
from backend.rehearsal.rehearse import Outcome, rehearse
from config import Settings

__all__ = ["MODEL_NAMES", "run_rehearsals", "told_of"]

MODEL_NAMES = {"line": "endpoint", "stand_in": "stand-in"}
"""What the commands call the models of a run."""
_AT_ONCE = 4


async def run_rehearsals(
    settings: Settings,
    store: AgentStore,
    job: RunJob,
    own: Path,
    tell: Callable[[RunResult | int], None],
) -> None:
    """Play them, some at a time.

    Args:
        settings: where the model is, and the book of callers.
        store: the version.
        job: what is asked for.
        own: folder with the suites of the version.
        tell: told how many there are, and how each went.

    Raises:
        RunRefused: there is none, or not the one that was asked for.
        ConfigError: the model is not set.
    """
    suites, broken = suites_of_run(store, own, settings.connections.rehearsals)
    bad = [one for one in broken if job.names is None or any(name.startswith(f"{one.name}/") for name in job.names)]
    names = job.names and tuple(name for name in job.names if name.partition("/")[0] not in {one.name for one in bad})
    wanted = chosen(suites, names) if names is None or names else []
    total = len(bad) + sum(len(suite.conversations) for suite in wanted)
    if not total:
        raise RunRefused(
            "there is no rehearsal to play: write one into rehearsals/SUITE of the store, beside its suite"
        )
    tell(total)
    for one in bad:
        tell(_broken(one))
    for suite in wanted:
        choices = Choices(model=MODEL_NAMES[job.model], policies=suite.policies)
        lines = {one.name: one.spec.line or suite.spec.line for one in suite.conversations}
        async with open_rehearsal_parts(settings, store, choices) as parts:
            await rehearse(
                suite,
                parts,
                at_once=_AT_ONCE,
                on_done=lambda outcome, lines=lines: tell(_result(outcome, lines[outcome.name])),
            )


def _result(outcome: Outcome, line: str) -> RunResult:
    name = f"{outcome.suite}/{outcome.name}"
    return RunResult(name=name, line=line, passed=outcome.passed, told=told_of(outcome))


def told_of(outcome: Outcome) -> dict[str, object]:
    """What is kept of an outcome besides its name."""
    return {
        "title": outcome.title,
        "problems": list(outcome.problems),
        "turns": outcome.turns,
        "agents": list(outcome.agents),
        "transcript": list(outcome.transcript),
        "seconds": round(outcome.seconds, 2),
        "models": list(outcome.models),
        "tokens": outcome.tokens,
    }


def _broken(suite: BrokenSuite) -> RunResult:
    problems = list(suite.problems)
    told = {"title": "The suite cannot be played", "problems": problems}
    return RunResult(name=f"{suite.name}/suite", line=suite.line, passed=False, told=told)
