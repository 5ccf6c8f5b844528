"""A line's knowledge: Markdown files, cut into passages, searched with BM25.

``agent_store/knowledge/LINE/*.md``. The index is part of the store's snapshot: it is built where the
store is built, off the event loop, and never changes.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from backend.agents.problem import Problem, nearest
from backend.domain.knowledge import Finding
from backend.domain.line import LineSpec

__all__ = ["MarkdownKnowledge", "check_knowledge", "passages"]

_LARGEST_FILE = 512 * 1024
_LONGEST_PASSAGE = 900
"""Characters; about a minute of speech, more than an answer needs."""
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_STOP = frozenset(
    "a about an and are as at be been but by can could did do does for from had has have he her how i if in is it its "
    "me my no not of on or our please she should so that the their them there they this to us was we were what when "
    "where which who will with would you your".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y")


class MarkdownKnowledge:
    """``KnowledgeBook`` on the store's own files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        by_line: dict[str, list[Finding]] = {}
        for name, raw in files.items():
            by_line.setdefault(_line(name), []).extend(passages(name, raw.decode("utf-8-sig", "replace")))
        self._indexes = {line: _Index.of(found) for line, found in by_line.items() if found}

    async def search(self, line: str, question: str, limit: int = 3) -> Sequence[Finding]:
        """The passages of a line that fit best; none when no word of the question is in any."""
        index = self._indexes.get(line)
        return await asyncio.to_thread(index.search, question, limit) if index else ()


@dataclass(frozen=True, slots=True)
class _Index:
    passages: Sequence[Finding]
    scorer: Any
    words: frozenset[str]

    @classmethod
    def of(cls, found: Sequence[Finding]) -> "_Index":
        from bm25s import BM25  # half a second to import, and only lines with knowledge need it

        documents = [_stems(f"{passage.title} {passage.text}") or ["-"] for passage in found]
        scorer: Any = BM25()
        scorer.index(documents, show_progress=False)
        return cls(found, scorer, frozenset(word for document in documents for word in document))

    def search(self, question: str, limit: int) -> list[Finding]:
        asked = [word for word in _stems(question) if word in self.words]
        if not asked:
            return []
        scores = self.scorer.get_scores(asked)
        best = sorted(range(len(self.passages)), key=lambda place: -scores[place])[:limit]
        return [self.passages[place] for place in best if scores[place] > 0]


def check_knowledge(files: Mapping[str, bytes], lines: Mapping[str, LineSpec]) -> list[Problem]:
    """Files of no line, files that are no text, empty and huge ones."""
    problems: list[Problem] = []
    for name, raw in files.items():
        if _line(name) not in lines:
            known = nearest(_line(name), lines)
            problems.append(Problem(name, 0, f"there is no line {_line(name)!r} that could know this{known}"))
        if len(raw) > _LARGEST_FILE:
            problems.append(Problem(name, 0, f"is {len(raw)} bytes long; at most {_LARGEST_FILE} are read"))
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(Problem(name, raw[: error.start].count(b"\n") + 1, "is not UTF-8 text"))
            continue
        if not text.strip():
            problems.append(Problem(name, 0, "is empty; knowledge needs words"))
    return problems


def passages(source: str, text: str) -> list[Finding]:
    """Cut Markdown into passages: paragraphs under the same heading together, as long as they stay short."""
    found: list[Finding] = []
    headings: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=#{1,6}\s)", text):
        lines = block.strip().split("\n")
        if heading := _HEADING.match(lines[0]):
            headings = [*headings[: len(heading.group(1)) - 1], heading.group(2)]
            lines = lines[1:]
        words = _plain("\n".join(lines))
        if words:
            _add(found, Finding(" > ".join(headings), words, source))
    return found


def _add(found: list[Finding], passage: Finding) -> None:
    last = found[-1] if found else None
    if last and last.title == passage.title and len(last.text) + len(passage.text) < _LONGEST_PASSAGE:
        found[-1] = Finding(last.title, f"{last.text} {passage.text}", last.source)
        return
    text = passage.text
    while len(text) > _LONGEST_PASSAGE:
        cut = text.rfind(". ", 0, _LONGEST_PASSAGE) + 1 or _LONGEST_PASSAGE
        found.append(Finding(passage.title, text[:cut].strip(), passage.source))
        text = text[cut:].strip()
    if text:
        found.append(Finding(passage.title, text, passage.source))


def _plain(text: str) -> str:
    """Markdown as one would read it aloud: no marks, no addresses behind links, comments left out."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:[-*+]|\d+\.|>)\s+", "", text, flags=re.MULTILINE)
    return " ".join(re.sub(r"[*_`|]{1,3}", " ", text).split())


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in (match.group().lower() for match in _WORD.finditer(text)) if word not in _STOP]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _line(name: str) -> str:
    return PurePosixPath(name).parent.name
