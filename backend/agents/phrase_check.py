"""Are the phrases sound, and has every line all that it needs in every language that it speaks?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from backend.agents.checked import Source
from backend.agents.doubts import doubt_problems, told_with_doubts
from backend.agents.phrases import PhraseBook, language_of, own_texts
from backend.agents.problem import Fault, Place, Problem, nearest
from backend.agents.quotes import quote_problems
from backend.agents.salvage import salvaged
from backend.agents.shape import shape_faults
from backend.agents.spec_file import spec_in
from backend.agents.yaml_file import YamlFault, seen_yaml
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases, gaps_of

__all__ = ["check_line_phrases", "check_whole_files", "read_phrases", "says_faults"]

_GAP = re.compile(r"\{([^{}]*)\}")
_TOLD = 6
"""So many missing keys are named; of the others their number."""
_KEYS_THAT_MATTER = ("0", "*", "#")


def read_phrases(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, Phrases]:
    """The phrases of every language, and what is wrong with them into ``problems``."""
    found: dict[str, Phrases] = {}
    for file, raw in files.items():
        try:
            yaml = seen_yaml(raw)
        except YamlFault as fault:
            problems.append(Problem(file, fault.line, str(fault)))
            found[language_of(file)] = Phrases()
            continue
        problems += [
            Problem(file, line, f"the key {key!r} is written twice; keep one") for line, key in yaml.duplicates
        ]
        faults: list[Fault] = []
        try:
            phrases: Phrases | None = spec_in(raw, Phrases)
        except ValidationError as error:
            faults = told_with_doubts(shape_faults(Phrases, error, yaml.lines), yaml)
            problems += dict.fromkeys(Problem(file, yaml.line(path), message) for path, message in faults)
            phrases, _ = salvaged(Phrases, yaml.content, (path for path, _ in faults))
        problems += quote_problems(file, yaml)
        problems += doubt_problems(file, yaml, dict(faults))
        found[language_of(file)] = phrases or Phrases()
        problems += [Problem(file, yaml.line(path), message) for path, message in _faults(phrases or Phrases())]
    return found


def check_whole_files(files: Iterable[str], written: Mapping[str, Phrases], problems: list[Problem]) -> None:
    """A language's own file lacks nothing: what it lacks would be said in the words of another house."""
    broken = {problem.file for problem in problems}
    for file in files:
        language = PurePosixPath(file).stem
        lacking = written[language].lacking if language in written else ()
        if lacking and file not in broken and "-" not in language:
            problems.append(Problem(file, 0, f"lacks {_listed(lacking)}", outdated=True))


def check_line_phrases(
    line: LineSpec, agents: Mapping[str, AgentSpec], book: PhraseBook, written: Mapping[str, Phrases], source: Source
) -> list[Problem]:
    """Languages of a line in which nobody has written all that its callers may hear."""
    wanted: dict[str, Place] = {tag: ("languages", n) for n, tag in enumerate(line.languages)}
    for agent in agents.values():
        wanted.setdefault(agent.voice.language, ("agents",))
    found: list[Problem] = []
    for language, place in wanted.items():
        base = language.partition("-")[0]
        if base in written:
            continue  # what a file of phrases lacks is told where it is written
        lacking = next((keys for agent in agents.values() if (keys := book.lacking(line, agent, language))), ())
        if lacking:
            where = f"phrases/{base}.yaml"
            message = f"there are no phrases in {language}; write {where}, which lacks {_listed(lacking)}"
            found.append(source.problem(place, message))
    return found


def says_faults(spec: LineSpec | AgentSpec) -> Iterator[Fault]:
    """What is wrong with the phrases that a line or an agent says otherwise."""
    spoken = spec.voice.language if isinstance(spec, AgentSpec) else spec.languages[0] if spec.languages else ""
    own = own_texts(spec)
    for language, phrases in spec.says.items():
        yield from ((("says", language, *path), message) for path, message in _faults(phrases))
        if language.partition("-")[0] == spoken.partition("-")[0]:
            for key in sorted(own.keys() & phrases.model_fields_set):
                yield ("says", language, key), f"{key!r} is given in the settings already; keep one of the two"


def _faults(phrases: Phrases) -> Iterator[Fault]:
    for key in Phrases.model_fields:
        if key not in phrases.model_fields_set:
            continue
        value: Any = getattr(phrases, key)
        if key == "key_names":
            yield from _key_faults(value)
        elif isinstance(value, str):
            yield from (((key,), message) for message in _gap_faults(key, value))
        else:
            yield from (((key, n), message) for n, text in enumerate(value) for message in _gap_faults(key, text))


def _gap_faults(key: str, text: str) -> Iterator[str]:
    known = {*gaps_of(key), "company"}
    named = _GAP.findall(text)
    if text and not text.strip():
        yield "expected words, got only spaces"
    beside = _GAP.sub("", text)
    if "{" in beside or "}" in beside or "{%" in text:
        yield "is said as it stands; a gap is written in single braces, such as {company}"
        return
    for name in named:
        if name not in known:
            yield f"unknown gap {{{name}}}{nearest(name, known)}"
    for name in gaps_of(key):
        if name not in named and not (name == "company" or set(named) - known):
            yield f"expected {{{name}}} in it; callers would miss what stands there"


def _key_faults(names: Mapping[str, str]) -> Iterator[Fault]:
    for key in names:
        if len(key) != 1 or key not in "0123456789*#ABCD":
            yield ("key_names", key), f"{key!r} is no key of a telephone"
    if missing := [key for key in _KEYS_THAT_MATTER if key not in names]:
        yield ("key_names",), f"expected a name for {', '.join(missing)} too"


def _listed(keys: tuple[str, ...]) -> str:
    """``goodbye, trouble and 7 others``."""
    named, others = keys[:_TOLD], len(keys) - _TOLD
    if others > 0:
        return f"{', '.join(named)} and {others} other{'s' if others > 1 else ''}"
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
