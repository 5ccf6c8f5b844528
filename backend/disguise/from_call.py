"""Makes a rehearsal of a call that is kept: finds who may stand for the caller, and what is known of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backend.agents.rehearsals import SUITE
from backend.agents.store import AgentStore
from backend.disguise.caller_double import CallerDouble, double_of
from backend.disguise.rehearsal import MadeRehearsal, personal_fields, rehearsal_of
from backend.domain.call import CallRecord
from backend.errors import NotInStore, RunRefused
from backend.ports import CaseBook

__all__ = ["known_of", "made_from", "require_spoken"]


def require_spoken(call: CallRecord, store: AgentStore) -> None:
    """Can a rehearsal be made of this call?

    Raises:
        RunRefused: it goes on, or nobody said anything.
        NotInStore: its line is gone.
    """
    if call.outcome is None or not any(turn.caller_text for turn in call.turns):
        raise RunRefused("a rehearsal is made of a call that is over and in which somebody spoke")
    if call.line not in store.lines:
        raise NotInStore(f"there is no line {call.line} any more")


def made_from(
    call: CallRecord, store: AgentStore, servers: Path | None, known: list[str], *, suite: str = "", caller: str = ""
) -> MadeRehearsal:
    """Make it. Reads files, and takes some milliseconds: for a thread.

    Args:
        servers: folder with the suites of this server; those of the store go before them.
        known: what ``known_of`` gave.
        suite: whose people may stand for the caller; empty: any.
        caller: which of them; empty: the first who can.

    Raises:
        NotInStore: the one who was asked for is not there, or cannot answer for everything.
    """
    parts = [part.name for identity in store.identities.values() for part in identity.parts]
    suites = _suites(store.files, servers, call.line)
    asked = [name for name in suites if suite in {"", name}]
    people = (double_of(name, suites[name], parts, caller) for name in asked) if parts else ()
    double: CallerDouble | None = next((one for one in people if one is not None), None)
    if double is None and (suite or caller):
        raise NotInStore(f"nobody in the suite {suite or 'of any name'} can answer for {', '.join(parts)}")
    return rehearsal_of(call, store, double, known)


async def known_of(call: CallRecord, cases: CaseBook, store: AgentStore) -> list[str]:
    """What the record knows of this caller. Raises ``Unavailable``."""
    known = [call.caller.reveal(), call.called.reveal()]
    for form in store.forms:
        case = await cases.draft(call.call_id, form)
        if case is not None:
            personal = personal_fields(store, form)
            for values in (case.fields, case.as_corrected):  # it may be the person's spelling that was said
                known += [text for name, value in values.items() if name in personal for text in _texts(value)]
    return known


def _suites(files: Mapping[str, str], servers: Path | None, line: str) -> dict[str, str]:
    """Every ``suite.yaml`` of a line by the suite's name; of two of the same name that of the store."""
    found: dict[str, str] = {}
    for path in sorted(servers.rglob(SUITE)) if servers is not None and servers.is_dir() else ():
        found[path.parent.name] = path.read_text("utf-8", errors="replace")
    found |= {name.split("/")[1]: text for name, text in files.items() if name.endswith(f"/{SUITE}")}
    return {name: text for name, text in found.items() if f"line: {line}\n" in f"{text}\n"}


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for inside in value.values() for text in _texts(inside)]
    if isinstance(value, list | tuple):
        return [text for inside in value for text in _texts(inside)]
    return [value] if isinstance(value, str) else []
