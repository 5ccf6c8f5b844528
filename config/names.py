"""The names of all settings, and what to say of a name that is none of them.

A misspelt name changes nothing, and without a word nobody would know. In ``.env``, which is ours, it stops the start
when a setting is near; anything else there is remarked on. The environment belongs to everybody: there, only a name
that is a slip of the pen away from a setting is remarked on.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from config.tools import BOOKS, PREFIX

__all__ = ["in_environment", "in_file", "set_twice", "wrapped"]

_PLAIN = re.compile(r"[A-Z][A-Z0-9_-]{0,39}")


def in_file(names: Iterable[tuple[int, str]], known: Collection[str]) -> tuple[list[str], list[str]]:
    """What is wrong with the names in ``.env``, each with its line, and what is only to be remarked on."""
    wrong: list[str] = []
    remarks: list[str] = []
    for line, name in names:
        if _is_known(name, known):
            continue
        near = _nearest(name, known, 1) or _same_words(name, known) or _nearest(name, known, (len(name) + 3) // 4)
        if near:
            wrong.append(f".env, line {line}: {_shown(name)} is no setting; did you mean {near}?")
        else:
            remarks.append(f".env, line {line}: {_shown(name)} is no setting, nothing reads it")
    return wrong, remarks


def set_twice(names: Iterable[tuple[int, str]]) -> list[str]:
    """Remarks on names that ``.env`` sets more than once: one of them counts, and nobody would see which."""
    first: dict[str, int] = {}
    remarks: list[str] = []
    for line, name in names:
        earlier = first.setdefault(name.upper(), line)
        if earlier != line:
            remarks.append(f".env, line {line}: {_shown(name)} stands in line {earlier}, too; keep one")
    return remarks


def in_environment(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Remarks on variables that look like misspelt settings."""
    remarks: list[str] = []
    for name in sorted(names):
        near = "" if _is_known(name, known) else _nearest(name, known, 1 + len(name) // 12)
        if near and len(name) > 3:
            remarks.append(f"the variable {name} is no setting; did you mean {near}?")
    return remarks


def wrapped(environment: Mapping[str, str], known: Collection[str]) -> list[str]:
    """Remarks on settings of the environment with something around them that is part of them. A shell and ``.env`` take
    quotes away; an env file of Docker and the fields of a portal keep them, and spaces, too."""
    remarks: list[str] = []
    for name, value in sorted(environment.items()):
        if not _is_known(name, known) or not value.strip():
            continue
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            remarks.append(f"the variable {name} stands in quotes, which are part of it; take them away")
        elif value != value.strip():
            remarks.append(f"the variable {name} begins or ends with a space, which is part of it; take it away")
    return remarks


def _is_known(name: str, known: Collection[str]) -> bool:
    return name.upper() in known or name.startswith((PREFIX, BOOKS))


def _nearest(name: str, known: Collection[str], most: int) -> str:
    """The setting that is at most so many letters away."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(name.upper().replace("-", "_"), sorted(known), scorer=OSA.distance, score_cutoff=most)
    return found[0] if found else ""


def _same_words(name: str, known: Collection[str]) -> str:
    """The setting with the same words in another order or with one more: SPEECH_KEY is part of AZURE_SPEECH_KEY."""
    words = set(name.upper().replace("-", "_").split("_"))
    near = [one for one in known if len(words) > 1 and words <= set(one.split("_")) and one.count("_") <= len(words)]
    return min(near, key=lambda one: (len(one), one), default="")


def _shown(name: str) -> str:
    """A name as it may be printed; a key that was pasted without its name is none."""
    return name if _PLAIN.fullmatch(name) or name.islower() else "what stands there"
