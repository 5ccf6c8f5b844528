"""The gate before a version goes live: a line may demand that rehearsals of exactly this version have passed."""

import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.agents.status import Note, no_note
from backend.agents.store import AgentStore
from backend.domain.store_run import StoreRun
from backend.errors import NotRehearsed
from backend.ports import StoreRuns

__all__ = ["LineGate", "ReleaseGate", "demands_rehearsals"]

log = logging.getLogger(__name__)

_RUNS = 50
"""Runs of one version that are looked at, the newest ones."""
_SHOWN = 5
_WORDING = ("prompts/", "knowledge/")
"""What only a language model reads."""


@dataclass(frozen=True, slots=True)
class LineGate:
    """How it stands with what one line demands of a version.

    Attributes:
        missing: rehearsals that have not been played; empty, too, where all are demanded and no run is complete.
        failed: rehearsals that have not gone as written when they were last played.
        says: what is demanded and what is to be done, in a sentence; empty where the gate is open.
    """

    line: str
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    says: str = ""

    @property
    def open(self) -> bool:
        """May the version go live, for all that this line demands?"""
        return not self.says


def demands_rehearsals(files: Mapping[str, str]) -> bool:
    """May a line of these files demand rehearsals? Found without reading them, and never missed."""
    return any(name.startswith("lines/") and "requires_rehearsals" in text for name, text in files.items())


class ReleaseGate:
    """Lets a version go live when what its lines demand has passed.

    A line that demanded something in the version before demands it still, and so does one that has taken over a number
    of it: the gate is not opened by the edit that takes it away, or gives the line another name. Where the edit is one
    of wording (prompts, knowledge, models), only runs on the line's own model count.

    Args:
        runs: what was played, against which version, and what came of it.
        has_model: is there a model that lines are played on?
        note: tells the auditors of a version that went live all the same.
    """

    def __init__(self, runs: StoreRuns, has_model: Callable[[], bool], note: Note = no_note) -> None:
        self._runs, self._has_model, self._note = runs, has_model, note

    async def require(self, before: AgentStore, after: AgentStore, actor: str, override: str = "") -> None:
        """Let ``after`` pass in the place of ``before``.

        Args:
            override: why it passes although something is missing; whoever gives it may do so.

        Raises:
            NotRehearsed: a line demands what has not passed.
            Unavailable: nobody can tell now.
        """
        closed = [gate for gate in await self.standing(before, after) if not gate.open]
        if not closed:
            return
        if override:
            told = {"version": after.version, "lines": [gate.line for gate in closed], "note": override}
            await self._note(actor, "store.override", told)
            log.warning(
                "a version goes live without the rehearsals that a line demands",
                extra={"event": "store.override", "version": after.version, "actor": actor},
            )
            return
        raise NotRehearsed(" ".join(gate.says for gate in closed))

    async def standing(self, before: AgentStore, after: AgentStore) -> list[LineGate]:
        """How it stands with every line that demands something."""
        demands = _demands(before, after)
        if not demands or before.version == after.version:
            return []
        worded = _is_worded(before, after)
        runs = [await self._runs.get(run.id) for run in await self._listed(after.version)]
        counting = [run for run in runs if run is not None and (run.model == "line" or not worded)]
        return [self._judged(line, demand, counting, worded=worded) for line, demand in demands.items()]

    async def _listed(self, version: str) -> Sequence[StoreRun]:
        return await self._runs.list(kind="rehearsal", version=version, limit=_RUNS)

    def _judged(self, line: str, demand: Collection[str] | None, runs: Sequence[StoreRun], *, worded: bool) -> LineGate:
        results = _newest(runs)
        if demand is None:
            complete = any(run.names is None and run.state == "done" for run in runs)
            wanted = {name: passed for name, (of, passed) in results.items() if of == line} if complete else {}
            missing: tuple[str, ...] = ()
        else:
            wanted = {name: ok for name, (_, ok) in results.items() if any(_is_of(name, one) for one in demand)}
            missing = tuple(sorted(one for one in demand if not any(_is_of(name, one) for name in wanted)))
        failed = tuple(sorted(name for name, passed in wanted.items() if not passed))
        if wanted and not missing and not failed:
            return LineGate(line)
        return LineGate(line, missing, failed, self._says(line, demand, missing, failed, worded=worded))

    def _says(
        self,
        line: str,
        demand: Collection[str] | None,
        missing: Sequence[str],
        failed: Sequence[str],
        *,
        worded: bool,
    ) -> str:
        what = "all its rehearsals" if demand is None else "rehearsals"
        says = f"The line {line} demands that {what} have passed with exactly this version"
        says += f"; failed: {', '.join(failed[:_SHOWN])}" if failed else ""
        says += f"; not played: {', '.join(missing[:_SHOWN])}" if missing else ""
        if not failed and not missing:
            says += "; no complete run of them is known, or it has none"
        if worded and self._has_model():
            says += ". Its wording has changed, which only the line's own model reads: play them with model `line`"
        elif worded:
            says += (
                ". Its wording has changed, which only the line's own model reads, and this server has none "
                "(AZURE_OPENAI_ENDPOINT is not set): an admin may put it live with a note"
            )
        return f"{says}."


def _demands(before: AgentStore, after: AgentStore) -> dict[str, Collection[str] | None]:
    """What each line demands: some rehearsals, or (``None``) all of its own."""
    found: dict[str, Collection[str] | None] = {}
    for name, line in after.lines.items():
        known = [one for one in before.lines.values() if one.name == name or set(one.numbers) & set(line.numbers)]
        demanded = [one.release.requires_rehearsals for one in (line, *known)]
        if any(one is True for one in demanded):
            found[name] = None
        elif some := {name for one in demanded if isinstance(one, tuple) for name in one}:
            found[name] = some
    return found


def _is_worded(before: AgentStore, after: AgentStore) -> bool:
    """Does something differ that only a language model reads, or another model read it?"""
    names = {*before.files, *after.files}
    texts = any(before.files.get(name) != after.files.get(name) for name in names if name.startswith(_WORDING))
    models = any(
        name not in before.agents or agent.model != before.agents[name].model for name, agent in after.agents.items()
    )
    return texts or models


def _newest(runs: Sequence[StoreRun]) -> dict[str, tuple[str, bool]]:
    """By rehearsal: its line, and whether it passed when it was last played."""
    found: dict[str, tuple[str, bool]] = {}
    for run in runs:  # the newest first
        for result in run.results:
            found.setdefault(result.name, (result.line, result.passed))
    return found


def _is_of(name: str, demanded: str) -> bool:
    """Is it the rehearsal that is demanded? A whole caller is played several times: ``short_1``, ``short_2``."""
    return name == demanded or re.fullmatch(re.escape(demanded) + r"_\d+", name) is not None
