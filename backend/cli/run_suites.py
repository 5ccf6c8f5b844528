"""Suites that a run may play: those of the version, and those that lie on this server."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from backend.agents.store import AgentStore
from backend.agents.yaml_file import YamlFault, read_yaml
from backend.errors import RunRefused, SuiteError
from backend.rehearsal.suite import SUITE_FILE, Conversation, Suite, load_suites

__all__ = ["BrokenSuite", "chosen", "suites_of_run"]


@dataclass(frozen=True, slots=True)
class BrokenSuite:
    """A suite that cannot be played as it is written."""

    name: str
    line: str
    problems: tuple[str, ...]


def suites_of_run(store: AgentStore, own: Path, servers: Path | None) -> tuple[list[Suite], list[BrokenSuite]]:
    """Every suite; of two with the same name that of the version.

    Args:
        store: what they are played against.
        own: folder of the version's suites, which may not be there. They may name no file outside of their folder.
        servers: folder of this server's; those for a line that the version does not have are left out.
    """
    good: dict[str, Suite] = {}
    broken: dict[str, BrokenSuite] = {}
    for root, inside in ((own, True), (servers, False)):
        for file in sorted(root.rglob(SUITE_FILE)) if root is not None and root.is_dir() else ():
            name, line = file.parent.name, _line_of(file)
            if name in good or name in broken or (not inside and line not in store.lines):
                continue
            try:
                good[name] = _loaded(file.parent, store, inside=inside)
            except SuiteError as error:
                broken[name] = BrokenSuite(name, line, tuple(error.problems))
    return list(good.values()), list(broken.values())


def chosen(suites: Collection[Suite], names: Collection[str] | None) -> list[Suite]:
    """The suites with those of their conversations that were asked for: by their own name or by that of their file.

    Raises:
        RunRefused: there is none, or one of them is not there.
    """
    if names is None:
        found = [suite for suite in suites if suite.conversations]
        missing = set[str]()
    else:
        found = [replace(suite, conversations=tuple(_asked(suite, names))) for suite in suites]
        found = [suite for suite in found if suite.conversations]
        missing = set(names) - {one for suite in found for talk in suite.conversations for one in _names(suite, talk)}
    if missing:
        raise RunRefused(f"there is no rehearsal {', '.join(sorted(missing)[:5])}")
    return found


def _asked(suite: Suite, names: Collection[str]) -> list[Conversation]:
    return [one for one in suite.conversations if set(names) & set(_names(suite, one))]


def _names(suite: Suite, one: Conversation) -> tuple[str, str]:
    return f"{suite.name}/{one.name}", f"{suite.name}/{Path(one.written.name).stem}"


def _loaded(folder: Path, store: AgentStore, *, inside: bool) -> Suite:
    suite = load_suites(folder, store)[0]
    if inside and suite.policies is not None and suite.policies.parent != folder.resolve():
        raise SuiteError([f"{suite.name}/{SUITE_FILE}: policies: expected a file of the same folder"])
    return suite


def _line_of(file: Path) -> str:
    try:
        content = read_yaml(file).content
    except YamlFault:
        return ""
    line = content.get("line")
    return line if isinstance(line, str) else ""
