"""Plays calls of the past for a run and tells of each as it is over."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from backend.agents.store import AgentStore
from backend.cli.rehearsal_parts import Choices, open_rehearsal_parts
from backend.cli.replay import BEHAVIOR, WantedCalls
from backend.cli.run_rehearsals import MODEL_NAMES
from backend.cli.run_suites import suites_of_run
from backend.domain.store_run import RunJob, RunResult
from backend.rehearsal.replay import Replayed, Step, replay
from backend.rehearsal.spec import ToolAnswerSpec
from config import Settings

__all__ = ["run_replay"]

_AT_ONCE = 4


async def run_replay(
    settings: Settings, store: AgentStore, job: RunJob, own: Path, tell: Callable[[RunResult | int], None]
) -> None:
    """Play them, some at a time. The database is only read.

    Args:
        settings: where the model and the database are.
        store: the version.
        job: what is asked for.
        own: folder with the suites of the version, whose tool answers are used.
        tell: told how many there are, and how each went.

    Raises:
        ConfigError: there is no such call, or the model is not set.
        Unavailable: the database cannot be read.
    """
    calls = await WantedCalls(job.call_ids, job.last, job.line, test=False).find(settings)
    tell(len(calls))
    answers = _answers(settings, store, own)
    async with open_rehearsal_parts(settings, store, Choices(model=MODEL_NAMES[job.model])) as parts:
        await replay(calls, parts, answers=answers, at_once=_AT_ONCE, on_done=lambda one: tell(_result(one)))


def _answers(settings: Settings, store: AgentStore, own: Path) -> list[ToolAnswerSpec]:
    suites, _ = suites_of_run(store, own, settings.connections.rehearsals)
    return [answer for suite in suites for answer in suite.spec.tool_answers]


def _result(one: Replayed) -> RunResult:
    told = {
        "greeting": {"before": one.before.greeting, "after": one.after.greeting},
        "turns": _turns(one),
        "outcome": {"before": one.before.outcome, "after": one.after.outcome},
        "faults": list(one.after.faults),
        "differences": [{"turn": difference.turn, "kind": difference.kind} for difference in one.differences],
    }
    passed = not one.counting(BEHAVIOR)
    return RunResult(name=one.call_id, line=one.line, passed=passed, told=told, call_id=one.call_id)


def _turns(one: Replayed) -> list[dict[str, Any]]:
    before, after = one.before.steps, one.after.steps
    return [
        {
            "turn": number,
            "caller": step.caller,
            "before": _step(before, number),
            "after": _step(after, number),
            "differs": sorted({found.kind for found in one.differences if found.turn == number}),
        }
        for number, step in enumerate(before, 1)
    ]


def _step(steps: Sequence[Step], number: int) -> dict[str, Any] | None:
    """One turn; none where the call was over before it."""
    if number > len(steps):
        return None
    step = steps[number - 1]
    return {"agent": step.agent, "tools": list(step.tools), "said": step.said}
