"""What a file of the store may be called.

A name is told to people, written to disks of several kinds, put into addresses and compared by machines. So only
names are taken that all of them read the same way, and that the reader of the store does not skip.
"""

import re
import unicodedata

__all__ = ["is_copy", "is_inside", "is_store_name", "name_fault"]

_YAML = re.compile(
    r"((agents|lines|forms|identities|books|tools)/[a-z][a-z0-9_]{0,63}|phrases/[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})\.ya?ml"
    r"|learned/[a-z][a-z0-9_]{0,63}\.[a-z]{2,3}\.(json|txt)"
)
_KINDS = (("prompts", ".jinja"), ("knowledge", ".md"), ("rehearsals", ".yaml"))
_IN_FOLDERS = {"knowledge": "knowledge/LINE/NAME.md", "rehearsals": "rehearsals/SUITE/NAME.yaml"}
_FOLDERS = frozenset({"agents", "lines", "forms", "identities", "books", "tools", "phrases", "learned", *dict(_KINDS)})
_EXAMPLES = "agents/auth.yaml, lines/main.yaml or prompts/auth.jinja"
_LONGEST_PART, _LONGEST = 200, 400
"""Bytes of one part and of the whole; disks take 255 for a part, and a change needs some for its own files."""
_DEEPEST = 8
_PLAIN = frozenset("_-.+ ()&',")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that a share of files on Windows, such as Azure Files, keeps for devices."""
_COPIES = ("~", ".swp", ".tmp", ".bak", ".orig", "README.md")


def is_copy(name: str) -> bool:
    """Is it a hidden file, an editor's copy or a note for people, which no store reads?"""
    return name.startswith((".", "#")) or name.endswith(_COPIES)


def is_store_name(name: str) -> bool:
    """Is this the lasting name of a file that a store may have? Nothing outside the folders is."""
    return not name_fault(name)


def is_inside(name: str) -> bool:
    """Does it lead to a place inside a store's folders? Older stores may have files whose names are not good."""
    parts = name.split("/")
    inside = len(parts) > 1 and parts[0] in _FOLDERS
    return inside and "\0" not in name and not any(not part or part.startswith(".") for part in parts)


def name_fault(name: str) -> str:
    """What is wrong with a lasting name, as a sentence; empty where nothing is."""
    shown = _shown(name)
    folder, _, rest = name.partition("/")
    suffix = dict(_KINDS).get(folder)
    if suffix is None:
        if _YAML.fullmatch(name) is None:
            return f"expected a name such as {_EXAMPLES}, got {shown}"
        return _reserved(name.split("/")[1], shown)
    parts = rest.split("/")
    if not rest.endswith(suffix) or parts[-1] == suffix or (folder in _IN_FOLDERS and len(parts) != 2):
        where = _IN_FOLDERS.get(folder, "prompts/NAME.jinja")
        return f"expected a name such as {where}, got {shown}"
    if len(parts) > _DEEPEST:
        return f"expected at most {_DEEPEST} folders in each other, got {len(parts)} in {shown}"
    if any(len(_bytes(part)) > _LONGEST_PART for part in parts) or len(_bytes(name)) > _LONGEST:
        return f"the name is too long; expected at most {_LONGEST_PART} bytes a part and {_LONGEST} in all"
    return next(filter(None, (_part_fault(part, shown) for part in parts)), "")


def _part_fault(part: str, shown: str) -> str:
    if not part or part.startswith(".") or part.strip(".") == "":
        return f"expected a name such as {_EXAMPLES}, got {shown}"
    odd = next((letter for letter in part if not _is_plain(letter)), None)
    if odd is not None:
        return f"the name {shown} has {_named(odd)}; expected letters, digits and any of _ - . + space ( ) & ' ,"
    if not (part[0].isalnum() or part[0] == "_"):
        return f"the name {shown} begins with {part[0]!r}; expected a letter, a digit or an underscore"
    if part.endswith((" ", ".")):
        return f"the name {shown} has a part that ends in a space or a dot; some disks drop it"
    if unicodedata.normalize("NFC", part) != part:
        return f"the name {shown} is written with its accents apart; write them as one letter each (NFC)"
    if is_copy(part):
        return f"the name {shown} is that of a copy or a note for people, which no store reads"
    return _reserved(part, shown)


def _reserved(part: str, shown: str) -> str:
    stem = part.partition(".")[0].strip().casefold()
    return f"the name {shown} is kept for a device on some systems; expected another one" if stem in _RESERVED else ""


def _is_plain(letter: str) -> bool:
    return letter in _PLAIN or unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) in {"Mn", "Mc"}


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return (
        f"a {name.lower()} (U+{ord(letter):04X})" if name else f"a character that cannot be seen (U+{ord(letter):04X})"
    )


def _shown(name: str) -> str:
    """So that no control character, nor one that turns the writing around, gets into a message."""
    return ascii(name[:80]) if any(not _is_plain(letter) and letter != "/" for letter in name[:80]) else repr(name[:80])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
