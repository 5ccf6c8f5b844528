"""The process in which a server has rehearsals and replays played: what comes of it, and that nothing stays of it."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from backend.adapters.run_process import player
from backend.adapters.run_process.player import ProcessPlayer
from backend.agents.files import read_files, version_of
from backend.cli import play_run
from backend.domain.store_run import RunJob, RunModel, RunResult
from backend.errors import RunRefused
from tests.unit.rehearsal.test_replay_command import DEDUCTIBLE, record

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "backend.cli.play_run")
SUITE = "title: A suite\nline: insurance\nnow: 2026-11-21 12:00:00\n"
PERSON = "title: A person at once\nsays: [let me talk to a human]\nmust: {outcome: transferred}\n"
WRONG = "title: Never a person\nsays: [let me talk to a human]\nmust_not: {tools: [transfer_to_person]}\n"


def job(model: RunModel = "stand_in", names: tuple[str, ...] | None = None, **rehearsals: str) -> RunJob:
    files = read_files(ROOT / "agent_store", ROOT / "prompt_store").contents()
    files |= {f"rehearsals/ours/{name}.yaml": text for name, text in rehearsals.items()}
    return RunJob(kind="rehearsal", version=version_of(files), model=model, files=files, names=names)


async def played(job: RunJob) -> tuple[int, dict[str, RunResult]]:
    total, results = 0, {}
    async with aclosing(ProcessPlayer(COMMAND).play(job)) as messages, asyncio.timeout(60):
        async for one in messages:
            if isinstance(one, RunResult):
                results[one.name] = one
            else:
                total = one
    return total, results


def played_here(job: RunJob, place: Path) -> dict[str, RunResult]:
    """What the process would play, in this one: to start one takes two seconds of a core."""
    told: list[RunResult | int | str | None] = []
    play_run._play(job, place / "run", told.append)
    return {one.name: one for one in told if isinstance(one, RunResult)}


@pytest.fixture(autouse=True)
def none_of_the_servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REHEARSALS", str(tmp_path / "none"))


async def test_the_rehearsals_of_a_version_are_played_and_told_one_by_one() -> None:
    total, results = await played(job(suite=SUITE, person=PERSON, wrong=WRONG))
    assert (total, set(results)) == (2, {"ours/person", "ours/wrong"})
    good, bad = results["ours/person"], results["ours/wrong"]
    assert (good.passed, good.line, good.told["models"]) == (True, "insurance", ["stand-in"])
    assert "caller: let me talk to a human" in good.told["transcript"]
    assert not bad.passed
    assert bad.told["problems"] == ["transfer_to_person was called"]


def test_those_that_are_asked_for_are_played_and_no_others(tmp_path: Path) -> None:
    results = played_here(job(names=("ours/person",), suite=SUITE, person=PERSON, wrong=WRONG), tmp_path)
    assert set(results) == {"ours/person"}
    with pytest.raises(RunRefused, match="there is no rehearsal ours/none"):
        played_here(job(names=("ours/none",), suite=SUITE, person=PERSON), tmp_path)


def test_a_suite_that_is_broken_has_failed_and_the_others_are_played(tmp_path: Path) -> None:
    broken = job(suite=SUITE, person=PERSON)
    files = dict(broken.files) | {
        "rehearsals/odd/suite.yaml": SUITE,
        "rehearsals/odd/one.yaml": "title: Odd\nsayss: [hello]\n",
        "rehearsals/peeks/suite.yaml": f"{SUITE}policies: ../../../etc/passwd\n",
        "rehearsals/peeks/one.yaml": PERSON,
    }
    results = played_here(RunJob(kind="rehearsal", version="v", model="stand_in", files=files), tmp_path)
    assert {name: one.passed for name, one in results.items()} == {
        "ours/person": True, "odd/suite": False, "peeks/suite": False,
    }  # fmt: skip
    assert "unknown key 'sayss'" in results["odd/suite"].told["problems"][0]


def test_where_there_is_nothing_to_play_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(RunRefused, match="there is no rehearsal to play"):
        played_here(job(), tmp_path)


async def test_a_model_that_is_not_set_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AZURE_OPENAI_ENDPOINT", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
    with pytest.raises(RunRefused, match="AZURE_OPENAI_ENDPOINT"):
        await played(job("line", suite=SUITE, person=PERSON))


@pytest.fixture
def silent_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A model that takes every question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("AZURE_OPENAI_API_KEY", "none")
        yield


@pytest.mark.usefixtures("silent_model")
async def test_what_is_stopped_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started = started_processes(monkeypatch)
    async with asyncio.timeout(60):
        messages = ProcessPlayer(COMMAND).play(job("line", suite=SUITE, person=PERSON))
        assert await anext(messages) == 1
        await messages.aclose()
    assert not lives(started[0].pid)


@pytest.mark.usefixtures("silent_model")
async def test_it_goes_with_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is killed closes nothing itself; the system closes its end of the pipe."""
    started = started_processes(monkeypatch)
    async with asyncio.timeout(60):
        messages = ProcessPlayer(COMMAND).play(job("line", suite=SUITE, person=PERSON))
        await anext(messages)
        started[0].stdin.close()
        assert await started[0].wait() == 1
        await messages.aclose()


def started_processes(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.subprocess.Process]:
    started, real = [], asyncio.create_subprocess_exec

    async def start(*arguments: object, **options: object) -> asyncio.subprocess.Process:
        started.append(await real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(player.asyncio, "create_subprocess_exec", start)
    return started


def lives(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


async def test_calls_of_the_past_are_played_and_the_record_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/calls.db"
    (call_id,) = await record(url, DEDUCTIBLE)
    monkeypatch.setenv("DATABASE_URL", url)
    before = (tmp_path / "calls.db").read_bytes()
    base = job()
    same = RunJob(kind="replay", version="v", model="stand_in", files=base.files, call_ids=(call_id,))
    total, results = await played(same)
    assert (total, results[call_id].passed, results[call_id].call_id) == (1, True, call_id)
    greets = dict(base.files) | {"prompts/auth.jinja": base.files["prompts/auth.jinja"]}
    greets["agents/auth.yaml"] = base.files["agents/auth.yaml"].replace("verify_caller", "end_call", 1)
    assert (tmp_path / "calls.db").read_bytes() == before
    turn = results[call_id].told["turns"][0]
    assert (turn["turn"], turn["caller"], turn["before"] is not None) == (1, "what is my deductible", True)
