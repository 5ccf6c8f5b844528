"""The store's files, read once and as they are."""

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.agents.links import LEADS_OUT, is_within, root_of
from backend.agents.problem import Problem
from backend.agents.store_names import is_copy, name_fault

__all__ = ["StoreFiles", "fingerprint", "read_files", "version_of"]

_LARGEST = 1024 * 1024
"""Bytes of any file; each kind has a narrower limit of its own."""
_FOLDERS = (
    "agents",
    "lines",
    "forms",
    "identities",
    "books",
    "phrases",
    "tools",
    "knowledge",
    "rehearsals",
    "learned",
    "schema",
)
_YAML = (".yaml", ".yml")
_MAY_LACK = dict.fromkeys(("forms", "identities", "books", "tools", "phrases"), _YAML) | {"learned": (".json", ".txt")}
"""Folders that a store may lack, and how their files' names end."""


@dataclass(slots=True)
class StoreFiles:
    """Raw files by name. Names are as operators see them: ``agent_store/agents/auth.yaml``."""

    agents: dict[str, bytes] = field(default_factory=dict[str, bytes])
    lines: dict[str, bytes] = field(default_factory=dict[str, bytes])
    forms: dict[str, bytes] = field(default_factory=dict[str, bytes])
    identities: dict[str, bytes] = field(default_factory=dict[str, bytes])
    books: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Where records are looked up; the records themselves lie elsewhere."""
    tools: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Tool servers that the store declares."""
    phrases: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Fixed sentences, a file for each language."""
    knowledge: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Markdown: ``agent_store/knowledge/LINE/NAME.md``."""
    rehearsals: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Written conversations: ``agent_store/rehearsals/SUITE/NAME.yaml``. No call needs them, so nothing here reads
    them: whoever plays them says what is wrong with them."""
    learned: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """What example answers taught, and the examples: ``agent_store/learned/NAME.LANGUAGE.json`` and ``.txt``."""
    prompts: dict[str, str] = field(default_factory=dict[str, str])
    """By the name that agents use: relative to prompt_store."""
    agent_folder: str = "agent_store"
    prompt_folder: str = "prompt_store"
    problems: list[Problem] = field(default_factory=list[Problem])

    def contents(self) -> dict[str, str]:
        """Every text by its lasting name, which no worker's folders change: ``agents/``, ``prompts/`` and so on."""
        inside = {
            name.removeprefix(f"{self.agent_folder}/"): raw.decode("utf-8", "surrogateescape")
            for folder in self.folders().values()
            for name, raw in folder.items()
        }
        return inside | {f"prompts/{name}": text for name, text in self.prompts.items()}

    def folders(self) -> dict[str, dict[str, bytes]]:
        """What is not a prompt, by the folder of agent_store that it is in."""
        return {
            "agents": self.agents,
            "lines": self.lines,
            "forms": self.forms,
            "identities": self.identities,
            "books": self.books,
            "tools": self.tools,
            "phrases": self.phrases,
            "knowledge": self.knowledge,
            "rehearsals": self.rehearsals,
            "learned": self.learned,
        }

    def changed(self, contents: Mapping[str, str]) -> "StoreFiles":
        """These folders, with other contents. What was wrong with reading them is left behind."""
        files = StoreFiles(agent_folder=self.agent_folder, prompt_folder=self.prompt_folder)
        for name, text in sorted(contents.items()):
            folder, _, rest = name.partition("/")
            if folder == "prompts":
                files.prompts[rest] = text
            else:
                files.folders()[folder][f"{self.agent_folder}/{name}"] = text.encode("utf-8", "surrogateescape")
        return files


def version_of(contents: Mapping[str, str]) -> str:
    """The version of a whole store: the same files give the same version everywhere."""
    digest = hashlib.sha256()
    for name, text in sorted(contents.items()):
        raw = text.encode("utf-8", "surrogateescape")
        digest.update(name.encode() + b"\0" + hashlib.sha256(raw).digest())
    return digest.hexdigest()[:12]


def fingerprint(text: str) -> str:
    """The version of one file."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def read_files(agent_store: Path, prompt_store: Path) -> StoreFiles:
    """Read every agent, line and prompt. What cannot be read becomes a problem, not an error."""
    files = StoreFiles(agent_folder=agent_store.name, prompt_folder=prompt_store.name)
    reader = _Reader(files, agent_store)
    for folder in ("agents", "lines", *_MAY_LACK):
        if folder in _MAY_LACK and not os.path.lexists(agent_store / folder):
            continue
        ends = _MAY_LACK.get(folder, _YAML)
        reader.read_flat(agent_store / folder, f"{agent_store.name}/{folder}", files.folders()[folder], ends)
    for nested in (_KNOWLEDGE, _REHEARSALS):
        reader.read_nested(agent_store / nested.folder, f"{agent_store.name}/{nested.folder}", nested)
    reader.read_prompts(prompt_store, prompt_store.name)
    reader.find_misnamed(agent_store)
    return files


@dataclass(frozen=True, slots=True)
class _Nested:
    """A folder of folders: what it is called, what is in it, and how that is told."""

    folder: str
    suffix: str
    of: str
    what: str
    says: str


_KNOWLEDGE = _Nested("knowledge", ".md", "LINE", "a line's folder", "knowledge is Markdown")
_REHEARSALS = _Nested("rehearsals", ".yaml", "SUITE", "a suite's folder", "a rehearsal is YAML")


class _Reader:
    """Reads folders; what somebody may believe to be part of the store, and is not, is a problem, too."""

    def __init__(self, files: StoreFiles, store: Path) -> None:
        self._files = files
        self._store = store
        self._root = ""
        """Where the folder that is read really is: no link in it may lead anywhere else."""

    def read_flat(self, place: Path, folder: str, into: dict[str, bytes], ends: tuple[str, ...] = _YAML) -> None:
        """Files of one sort, all in one folder."""
        self._root = root_of(place, self._store)
        for path in self._listed(place, folder):
            name = f"{folder}/{path.name}"
            if path.is_dir():
                self._fault(name, f"is a folder; put its files directly into {folder}")
            elif path.suffix not in ends:
                self._fault(name, f"is not read; its name must end in {ends[0]}")
            elif (raw := self._bytes(path, name)) is not None:
                into[name] = raw

    def read_nested(self, place: Path, folder: str, kind: "_Nested") -> None:
        """Files in folders of one depth, such as Markdown in a folder for each line."""
        into = self._files.folders()[kind.folder]
        self._root = root_of(place, self._store)
        for inside in self._listed(place, folder) if os.path.lexists(place) else ():
            if not inside.is_dir():
                where = f"{folder}/{kind.of}"
                self._fault(f"{folder}/{inside.name}", f"is not read; it belongs into {kind.what}, {where}")
                continue
            for path in self._listed(inside, f"{folder}/{inside.name}"):
                name = f"{folder}/{inside.name}/{path.name}"
                if path.is_dir():
                    self._fault(name, f"is a folder; put its files directly into {folder}/{inside.name}")
                elif path.suffix != kind.suffix:
                    self._fault(name, f"is not read; {kind.says}, its name must end in {kind.suffix}")
                elif (raw := self._bytes(path, name)) is not None:
                    self._judge(f"{kind.folder}/{inside.name}/{path.name}", name)
                    into[name] = raw

    def read_prompts(self, place: Path, folder: str, inside: str = "") -> None:
        """Jinja templates, in folders of any depth."""
        self._root = self._root if inside else root_of(place, place)
        for path in self._listed(place, folder):
            name = f"{inside}{path.name}"
            if path.is_dir() and not path.is_symlink():
                self.read_prompts(path, f"{folder}/{path.name}", f"{name}/")
            elif path.suffix != ".jinja":
                self._fault(f"{folder}/{path.name}", "is not read; a prompt's name must end in .jinja")
            elif (raw := self._bytes(path, f"{folder}/{path.name}")) is not None:
                self._judge(f"prompts/{name}", f"{folder}/{path.name}")
                try:
                    self._files.prompts[name] = raw.decode("utf-8-sig")
                except UnicodeDecodeError as error:
                    self._fault(f"{folder}/{path.name}", "is not UTF-8 text", raw[: error.start].count(b"\n") + 1)

    def find_misnamed(self, agent_store: Path) -> None:
        """Folders beside the known ones that were meant to be one of them."""
        self._root = os.sep  # only names are looked at: what lies beside the folders is no part of the store
        for path in self._listed(agent_store, agent_store.name) if agent_store.is_dir() else ():
            if path.name in _FOLDERS or not path.is_dir():
                continue
            from rapidfuzz.process import extractOne  # a sound store asks for nothing

            if meant := extractOne(path.name, _FOLDERS, score_cutoff=70):
                self._fault(f"{agent_store.name}/{path.name}", f"is not read; did you mean {meant[0]!r}?")

    def _listed(self, place: Path, folder: str) -> list[Path]:
        """What is in a folder, but for hidden files, editors' copies, and links that lead out of the store."""
        if not is_within(place, self._root):
            self._fault(folder, LEADS_OUT)
            return []
        try:
            found = sorted(place.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            self._fault(folder, "expected a folder, there is none")
            return []
        except OSError as error:
            self._fault(folder, f"cannot be read: {error.strerror}")
            return []
        kept = [path for path in found if not is_copy(path.name)]
        out = [path for path in kept if path.is_symlink() and not is_within(path, self._root)]
        for path in out:
            self._fault(f"{folder}/{path.name}", LEADS_OUT)
        return [path for path in kept if path not in out]

    def _bytes(self, path: Path, name: str) -> bytes | None:
        try:
            kind = path.stat()
            if not stat.S_ISREG(kind.st_mode):
                self._fault(name, "is no file that can be read; expected text")
            elif kind.st_size > _LARGEST:
                self._fault(name, f"is {kind.st_size} bytes long; at most {_LARGEST} are read")
            else:
                return path.read_bytes()
        except OSError as error:
            self._fault(name, f"cannot be read: {error.strerror}")
        return None

    def _judge(self, lasting: str, name: str) -> None:
        if fault := name_fault(lasting):
            self._files.problems.append(Problem(name, 0, fault, outdated=True))

    def _fault(self, name: str, message: str, line: int = 0) -> None:
        self._files.problems.append(Problem(name, line, message))
