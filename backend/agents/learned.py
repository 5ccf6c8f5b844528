"""What example answers taught, as a store keeps it: ``learned/NAME.LANGUAGE.json``, beside the examples as ``.txt``."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from backend.agents.checked import Checked
from backend.agents.files import StoreFiles, fingerprint
from backend.agents.problem import Problem
from backend.agents.store_names import name_fault
from backend.language.languages import LANGUAGES
from backend.language.learned import Learned, read_learned

__all__ = ["check_learned", "learned_in"]

_KEPT = 16
"""Files: reading them is two fifths of a check, which reads each twice, and an edit of a store seldom changes them."""


@lru_cache(_KEPT)
def _read(raw: bytes) -> Learned | None:
    """What a file says; ``None`` where it cannot be used. Nothing of it is to be changed."""
    try:
        return read_learned(raw.decode("utf-8-sig"))
    except ValueError:
        return None


def learned_in(files: StoreFiles) -> Mapping[str, Mapping[str, Learned]]:
    """What the files of a store taught, by the name that fields give and by language; nothing of those that cannot be
    used."""
    found: dict[str, dict[str, Learned]] = {}
    for _, name, language, raw in _files(files, "json"):
        if (learned := _read(raw)) is not None:
            found.setdefault(name, {})[language] = learned
    return found


def check_learned(checked: Checked, files: StoreFiles) -> Iterator[Problem]:
    """What is better put right: a field of which nothing is learned, a file that cannot be used, and examples that were
    changed since. Calls go on by the words of the field alone."""
    found = learned_in(files)
    for file, name, language, _ in _files(files, "json"):
        if language not in found.get(name, {}):
            yield Problem(file, 0, f"cannot be used; make it again: ringmaster learn {name} {language}")
    for file, name, language, raw in _files(files, "txt"):
        learned = found.get(name, {}).get(language)
        if learned is None or learned.made_from != fingerprint(raw.decode("utf-8", "surrogateescape")):
            yield Problem(file, 0, f"nobody has learned from it as it is now: ringmaster learn {name} {language}")
    yield from _unused(checked, files)
    there = {name for _, name, _, _ in _files(files, "json")}
    for form in checked.forms.values():
        for index, field in enumerate(form.fields):
            if field.learned and field.learned not in there:
                lacks = f"there is no learned/{field.learned}.LANGUAGE.json; its words are all that is known of answers"
                yield checked.sources[f"form:{form.name}"].problem(("fields", index, "learned"), lacks)


def _unused(checked: Checked, files: StoreFiles) -> Iterator[Problem]:
    """Files that nothing is heard by, since they are misnamed or no field asks for them."""
    used = {field.learned for form in checked.forms.values() for field in form.fields}
    all_read = len(checked.forms) == len(files.forms)  # or else nobody knows what the others would use
    for file in sorted(files.learned):
        path = PurePosixPath(file)
        name, _, rest = path.name.partition(".")
        language = rest.partition(".")[0]
        if name_fault(f"learned/{path.name}"):
            yield Problem(file, 0, "is not used; expected a name such as NAME.en.json or NAME.en.txt")
        elif all_read and name not in used:
            yield Problem(file, 0, f"is not used: no field of a form says learned: {name}")
        elif language not in LANGUAGES:
            yield Problem(file, 0, f"is not used: answers are read in {', '.join(LANGUAGES)}, got {language}")


def _files(files: StoreFiles, end: str) -> Iterator[tuple[str, str, str, bytes]]:
    """Files of one sort, each with the name and the language that it says."""
    for file, raw in sorted(files.learned.items()):
        name, _, rest = PurePosixPath(file).name.partition(".")
        language, _, its = rest.partition(".")
        if its == end:
            yield file, name, language, raw
