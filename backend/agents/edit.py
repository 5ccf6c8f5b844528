"""An edit of the store: what is to change, from which version it was made, and what came of it."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from backend.agents.files import fingerprint
from backend.agents.store import AgentStore
from backend.agents.store_names import name_fault
from backend.errors import AlreadyInStore, EditConflict, EditRefused, EditUnguarded, NotInStore

__all__ = [
    "Edit",
    "EditOutcome",
    "Match",
    "applied",
    "changed_files",
    "creation",
    "difference",
    "removal",
    "replacement",
    "spare",
    "whole_version",
    "writes",
]

_LONGEST_DIFF = 64 * 1024

Match = tuple[str, ...] | None
"""Fingerprints that the file may have for the edit to be made; ``("*",)`` any; ``None`` where nobody said."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change."""

    changes: Mapping[str, str | None] = field(repr=False)
    """New texts by lasting name; ``None`` takes a file away."""
    actor: str
    """Who wants it."""
    guard: Callable[[AgentStore], None] = lambda _: None
    """Raises ``EditRefused`` when the edit does not fit the store as it is by now."""
    note: str = ""
    """Why, in their words."""
    whole: bool = False
    """Is ``changes`` the whole store, so that everything else goes? An unfinished edit on disk goes, too."""
    override: str = ""
    """Why it goes live without the rehearsals that a line demands; whoever gives it may do so."""


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What an edit makes, or has made, of the store."""

    store: AgentStore
    previous: str
    """Version before it."""
    changed: tuple[str, ...]
    """Names of the files that differ."""
    diff: str = field(repr=False)
    """Unified diff against the version before."""


def replacement(name: str, text: str, match: Match, actor: str) -> Edit:
    """Give a file a new text."""
    return Edit({_named(name): _sound(name, text)}, actor, lambda store: _fits(store, name, match))


def removal(name: str, match: Match, actor: str) -> Edit:
    """Take a file away."""
    return Edit({name: None}, actor, lambda store: _fits(store, name, match))


def creation(name: str, text: str, actor: str) -> Edit:
    """Add a file."""

    def is_new(store: AgentStore) -> None:
        if name in store.files:
            raise AlreadyInStore(f"there is a file {name} already; PUT changes it")
        _is_alone(name, store.files)

    return Edit({_named(name): _sound(name, text)}, actor, is_new)


def changed_files(changes: Mapping[str, str | None], match: Match, actor: str, note: str = "") -> Edit:
    """Change several files at once; ``match`` holds versions of the whole store."""

    def fits(store: AgentStore) -> None:
        _check_match("the store", store.version, match)
        for name, text in changes.items():
            if text is None and name not in store.files:
                raise NotInStore(f"there is no file {name} to take away")
            if text is not None and name not in store.files:
                stay = {other for other in store.files.keys() | changes.keys() if changes.get(other, "") is not None}
                _is_alone(name, stay)

    sound = {name if text is None else _named(name): text and _sound(name, text) for name, text in changes.items()}
    return Edit(sound, actor, fits, note)


def whole_version(files: Mapping[str, str], match: Match, actor: str, *, note: str = "", override: str = "") -> Edit:
    """Put a whole version in the place of the live one, which ``match`` names: so nobody else's edit is lost."""

    def fits(store: AgentStore) -> None:
        _check_match("the store", store.version, match)

    return Edit(dict(files), actor, fits, note, whole=True, override=override)


def _named(name: str) -> str:
    if fault := name_fault(name):
        raise EditRefused(fault)
    return name


def _sound(name: str, text: str) -> str:
    """A text that every disk, database and reader takes as it is."""
    odd = next((letter for letter in text if _is_odd(letter)), None)
    if odd is not None:
        line = text[: text.index(odd)].count("\n") + 1
        raise EditRefused(f"{name} has a character in line {line} that is no text (U+{ord(odd):04X}); take it out")
    return text


def _is_odd(letter: str) -> bool:
    """A control character that is no white space, or half of a character."""
    return (letter < " " and letter not in "\t\n\r\f") or letter == "\x7f" or "\ud800" <= letter <= "\udfff"


def _is_alone(name: str, names: Iterable[str]) -> None:
    """Raises where another name is the same on a disk that does not tell capital letters from small ones, or where one
    of the two would have to be a folder."""
    plain = name.casefold()
    for other in names:
        theirs = other.casefold()
        if other != name and theirs == plain:
            raise AlreadyInStore(f"there is a file {other}, whose name differs only in capital letters")
        if theirs.startswith(f"{plain}/") or plain.startswith(f"{theirs}/"):
            raise AlreadyInStore(f"there is a file {other}, and a file cannot be the folder of another")


def _fits(store: AgentStore, name: str, match: Match) -> None:
    text = store.files.get(name)
    if text is None:
        raise NotInStore(f"there is no file {name}; POST makes one")
    _check_match(name, fingerprint(text), match)


def _check_match(what: str, now: str, match: Match) -> None:
    if match is None:
        raise EditUnguarded(f"say which version of {what} the edit was made from: If-Match with its ETag")
    if now not in match and "*" not in match:
        raise EditConflict(f"{what} has changed since it was read; it is {now} now. Read it again, then edit it again")


def applied(edit: Edit, before: Mapping[str, str]) -> dict[str, str]:
    """All files as they are after the edit."""
    after = {} if edit.whole else dict(before)
    for name, text in edit.changes.items():
        if text is None:
            after.pop(name, None)
        else:
            after[name] = text
    return after


def spare(edit: Edit, disk: Mapping[str, str], live: Mapping[str, str]) -> None:
    """See to it that nobody's unfinished work on disk is written over.

    Raises:
        EditConflict: the edit is of a file that is being edited there.
    """
    for name in () if edit.whole else edit.changes:
        if disk.get(name) != live.get(name):
            raise EditConflict(
                f"{name} was edited on disk and did not pass the check; put it right there, or roll back first"
            )


def writes(edit: Edit, disk: Mapping[str, str], after: Mapping[str, str], *, spared: bool) -> dict[str, str | None]:
    """What has to be written to disk: all that differs, or the edit alone where other work there is ``spared``."""
    names = edit.changes.keys() if spared and not edit.whole else disk.keys() | after.keys()
    return {name: after.get(name) for name in sorted(names) if disk.get(name) != after.get(name)}


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Names of the files that differ, and a unified diff of at most 64 KiB."""
    names = tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    pieces: list[str] = []
    for name in names:
        old, new = before.get(name), after.get(name)
        pieces += difflib.unified_diff(
            (old or "").splitlines(),
            (new or "").splitlines(),
            name if old is not None else "/dev/null",
            name if new is not None else "/dev/null",
            lineterm="",
        )
    diff = "\n".join(pieces)
    return names, diff if len(diff) <= _LONGEST_DIFF else diff[:_LONGEST_DIFF] + "\n... and more"
