"""The rehearsals that come with the project, each played once a process: several tests look at how they went.

On virtual time: no tool is late on a busy machine.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kept_readings import kept_readings
from shipped_store import ROOT, shipped_store

from backend.rehearsal import rehearse as playing
from backend.rehearsal.rehearse import Outcome, rehearse
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from backend.testing.virtual_time import run_virtual
from stand_in.manner import Manner

__all__ = ["EXAMPLES", "SUITES", "kept_sessions", "played"]

SUITES = [
    (ROOT, ROOT / "tests/rehearsals/insurance", 25),
    (ROOT, ROOT / "tests/rehearsals/strangers", 8),
    (ROOT, ROOT / "tests/rehearsals/outsiders", 34),
    (ROOT, ROOT / "tests/rehearsals/newcomers", 19),
    (ROOT, ROOT / "tests/rehearsals/callers", 4),
    (ROOT, ROOT / "tests/rehearsals/insurance_in_spanish", 4),
]
"""Where the store is, where the suite is, and how many conversations it has at least."""
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/agent_store"))
_sessions: dict[tuple[Path, Path, Manner], list[bytes]] = {}


class _Watched(RehearsedCall):
    """Of which is kept what a server would keep behind each turn."""

    kept: list[bytes]

    async def say(self, words: str, **more: Any) -> None:
        await super().say(words, **more)
        self.kept.append(msgspec.json.encode(self.session))


def kept_sessions(stores: Path, folder: Path, manner: Manner) -> Sequence[bytes]:
    """What servers would keep of every call of a suite, behind each turn."""
    played(stores, folder, manner)
    return _sessions[stores, folder, manner]


@cache
def played(stores: Path, folder: Path, manner: Manner) -> Sequence[Outcome]:
    """How a suite goes with this model."""
    store = shipped_store(memory_tools().names, stores)
    (suite,) = load_suites(folder, store)
    policies = MemoryBooks.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    kept = _sessions.setdefault((stores, folder, manner), [])
    with kept_readings(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(playing, "RehearsedCall", type("Watched", (_Watched,), {"kept": kept}))
        return run_virtual(rehearse(suite, RehearsalParts(store, StandInModel(manner), policies)))
