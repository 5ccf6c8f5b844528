"""What operations see of runs: rehearsals and replays of one version of the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from backend.domain.store_run import RunModel, RunResult, RunState, StoreRun, WrittenRehearsal

__all__ = [
    "RehearsalResultView",
    "RehearsalRunView",
    "ReplayResultView",
    "ReplayRunView",
    "ReplayTurnView",
    "RunView",
    "StartRehearsals",
    "StartReplay",
    "WrittenRehearsalView",
    "run_views",
]

_HIDDEN = "***"


class _Start(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    version: str = Field(
        default="",
        pattern=r"^[0-9a-f]{0,64}$",
        validation_alias=AliasChoices("version", "draft"),
        description="A version of the store, live, past or draft. Left out: the live one.",
        examples=["3f0c1d2e4b5a"],
    )
    model: RunModel = Field(
        default="stand_in",
        description="`line`: the model that callers have, which costs tokens. `stand_in`: rules, free and always the "
        "same; it does not read the wording of prompts.",
    )


class StartRehearsals(_Start):
    """Rehearsals to be played."""

    names: list[str] | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="Some of them, as `SUITE/NAME`. Left out: all, which is what a line's gate counts.",
        examples=[["main/correction"]],
    )


class StartReplay(_Start):
    """Calls of the past to be played again."""

    calls: int | list[str] = Field(
        default=20,
        description="So many of the newest real calls (1 to 200), or the ids of some.",
        examples=[20, ["3ab63e8114b493b5"]],
    )
    line: str = Field(default="", max_length=64, description="Only calls of this line. Left out: of every line.")


class WrittenRehearsalView(BaseModel):
    """One rehearsal that can be played."""

    name: str = Field(examples=["main/correction"])
    title: str
    file: str = Field(description="Its file in the store; empty: it lies on this server and is changed there.")

    @classmethod
    def of(cls, written: WrittenRehearsal) -> "WrittenRehearsalView":
        """From the list."""
        return cls(name=written.name, title=written.title, file=written.file)


class RunView(BaseModel):
    """One run, without its results."""

    id: str
    version: str = Field(description="The version that it was played against.")
    model: RunModel
    names: list[str] | None = Field(description="What was asked for; null: all there are.")
    state: RunState
    detail: str = Field(description="One sentence on why it failed.")
    actor: str
    started_at: datetime
    ended_at: datetime | None
    total: int | None = Field(description="How many it plays; null until that is known.")


class RehearsalResultView(BaseModel):
    """How one conversation went."""

    name: str
    title: str = ""
    line: str
    passed: bool
    problems: list[str] = Field(default=[], description="What did not go as written, a sentence each.")
    turns: int = 0
    agents: list[str] = []
    transcript: list[str] = Field(default=[], description="What was said and done, a line each.")
    seconds: float = 0.0
    models: list[str] = Field(default=[], description="Which models thought: deployments, or `stand-in`.")
    tokens: int = Field(default=0, description="What they read and wrote.")

    @classmethod
    def of(cls, result: RunResult) -> "RehearsalResultView":
        """From the record."""
        return cls(name=result.name, line=result.line, passed=result.passed, **result.told)


class RehearsalRunView(RunView):
    """One run of rehearsals, as far as it has come."""

    played: int
    failed: int
    tokens: int = Field(description="What it cost so far.")
    models: list[str] = Field(description="Which models thought.")
    results: list[RehearsalResultView]

    @classmethod
    def of(cls, run: StoreRun) -> "RehearsalRunView":
        """From the record."""
        results = [RehearsalResultView.of(result) for result in run.results]
        return cls(
            **_run(run),
            played=len(results),
            failed=sum(not result.passed for result in results),
            tokens=sum(result.tokens for result in results),
            models=list(dict.fromkeys(model for result in results for model in result.models)),
            results=results,
        )


class StepView(BaseModel):
    """What the agents did in one turn."""

    agent: str
    tools: list[str]
    said: str


class ReplayTurnView(BaseModel):
    """One turn of a caller: what came of it then, and what does now."""

    turn: int
    caller: str
    before: StepView | None
    after: StepView | None = Field(description="null: the call was over before it.")
    differs: list[str] = Field(description="`agent`, `tools`, `words`, `outcome`: what went another way.")


class ReplayResultView(BaseModel):
    """What became of one call."""

    call_id: str
    line: str
    same: bool = Field(description="Do the agents do what they did? Another wording is no other deed.")
    words_differ: bool
    greeting: dict[str, str]
    outcome: dict[str, str | None]
    faults: list[str]
    turns: list[ReplayTurnView]

    @classmethod
    def of(cls, result: RunResult, *, words: bool) -> "ReplayResultView":
        """From the record; without ``words`` nothing that was said is shown."""
        told: dict[str, Any] = dict(result.told)
        differences = told.pop("differences", [])
        if not words:
            told["greeting"] = dict.fromkeys(told["greeting"], _HIDDEN)
            told["turns"] = [_masked(turn) for turn in told["turns"]]
        return cls(
            call_id=result.call_id,
            line=result.line,
            same=result.passed,
            words_differ=any(one["kind"] == "words" for one in differences),
            **told,
        )


class ReplayRunView(RunView):
    """One replay, as far as it has come."""

    played: int
    differ: int = Field(description="Calls in which the agents would do something else.")
    results: list[ReplayResultView]

    @classmethod
    def of(cls, run: StoreRun, *, words: bool) -> "ReplayRunView":
        """From the record."""
        results = [ReplayResultView.of(result, words=words) for result in run.results]
        return cls(**_run(run), played=len(results), differ=sum(not one.same for one in results), results=results)


def run_views(runs: Sequence[StoreRun]) -> list[RunView]:
    """Several, without their results."""
    return [RunView(**_run(run)) for run in runs]


def _run(run: StoreRun) -> dict[str, Any]:
    told = "id version model state detail actor started_at ended_at total".split()
    return {name: getattr(run, name) for name in told} | {"names": None if run.names is None else list(run.names)}


def _masked(turn: dict[str, Any]) -> dict[str, Any]:
    sides = {side: turn[side] and turn[side] | {"said": _HIDDEN} for side in ("before", "after")}
    return turn | {"caller": _HIDDEN} | sides
