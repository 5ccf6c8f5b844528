"""Checks the identities of a store: what they refer to is there, can be compared, and is asked in every language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from backend.agents.books import languages_of
from backend.agents.checked import Checked
from backend.agents.problem import Fault, Problem, nearest
from backend.agents.unused_options import unused_by_parts
from backend.domain.book_spec import AnyBook, SqlBookSpec
from backend.domain.identity_spec import IdentitySpec, SecretPartSpec
from backend.domain.pattern import pattern_fault
from backend.domain.tool import VERIFIED, ToolNames
from backend.domain.tool_server import AnyServer

__all__ = ["attributes_of", "check_identities", "with_identities"]


_KEPT = frozenset({"consent"})
_PARAMETER = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)")
_GAP = re.compile(r"\{|\}")


def attributes_of(identities: Iterable[IdentitySpec], servers: Iterable[AnyServer]) -> frozenset[str]:
    """What prompts may know of callers who are verified, besides their names."""
    declared = [function.grants for server in servers for function in server.functions]
    of_answers = {name for grants in declared if grants for name in grants.attributes}
    return frozenset(of_answers.union(*(identity.attributes for identity in identities)))


def with_identities(tools: ToolNames, identities: Mapping[str, IdentitySpec]) -> ToolNames:
    """What agents may name: besides what there is, the tool of each identity, which grants something."""
    sets, grants = dict(tools.sets), dict(tools.grants)
    for identity in identities.values():
        sets[identity.tool_name] = frozenset({identity.tool_name})
        grants[identity.tool_name] = frozenset({VERIFIED, *identity.granted})
    return replace(tools, sets=sets, grants=grants)


def check_identities(identities: Mapping[str, IdentitySpec], store: Checked) -> list[Problem]:
    """Everything that is wrong with these identities, and can be known without a call."""
    problems: list[Problem] = []
    for identity in identities.values():
        key = f"identity:{identity.name}"
        faults = [
            *_own_faults(identity),
            *_book_faults(identity, store.books, store.named_books),
            *_language_faults(identity, store),
            *_clashes(identity, identities),
        ]
        unread = store.lost.get(key, frozenset[str]())
        problems += [store.sources[key].problem(path, said) for path, said in faults if path[0] not in unread]
        if "parts" not in unread:
            unused = [store.sources[key].problem(path, said) for path, said in unused_by_parts(identity)]
            problems += [replace(problem, outdated=True) for problem in unused]
    return problems


def _own_faults(identity: IdentitySpec) -> Iterator[Fault]:
    names = [part.name for part in identity.parts]
    if not identity.exact:
        yield ("parts",), "every part is a name, which may be misheard; add one that must be exactly right"
    for index, part in enumerate(identity.parts):
        if part.name in names[:index] or part.name in _KEPT:
            why = "is there twice" if part.name in names[:index] else "is kept for the answer to an offer"
            yield ("parts", index, "name"), f"the part {part.name!r} {why}; expected another name"
        for key, fault in _part_faults(part):
            yield ("parts", index, key), fault
    if sum(part.kind == "name" for part in identity.parts) > 1:
        yield ("parts",), "there are several names; only one can be told from the others"
    yield from _secret_faults(identity)
    lengths = [part.digits for part in identity.parts if part.kind == "digits"]
    for index, part in enumerate(identity.parts):
        if part.kind == "digits" and lengths.count(part.digits) > 1 and not part.words:
            yield ("parts", index), f"another part has {part.digits} digits, too; say with words what callers call each"


def _secret_faults(identity: IdentitySpec) -> Iterator[Fault]:
    """A secret is compared, and told to nobody."""
    secret = {part.of_record for part in identity.parts if part.secret}
    for index, name in enumerate(identity.attributes):
        if name in secret:
            yield ("attributes", index), f"{name} is a secret; no prompt and no tool may know it"
    if identity.id in secret or identity.full_name in secret:
        yield ("id" if identity.id in secret else "full_name",), "a secret cannot say who somebody is"


def _part_faults(part: SecretPartSpec) -> Iterator[tuple[str, str]]:
    if part.kind == "digits" and not part.digits:
        yield "digits", "say how many digits it has; only a number of just that length is taken"
    if part.plus and part.kind != "digits":
        yield "plus", f"only digits may have more behind them; this is a {part.kind}"
    if part.misheard and part.is_exact:
        yield "misheard", f"a {part.kind} must be exactly right; only a name may be misheard"
    if part.secret and not part.is_exact:
        yield "secret", "a name is no secret"
    if part.pattern and part.kind != "code":
        yield "pattern", f"only a code has a pattern; this is a {part.kind}"
    if why := pattern_fault(part.pattern):
        yield "pattern", why


def _book_faults(identity: IdentitySpec, books: Mapping[str, AnyBook], named: frozenset[str]) -> Iterator[Fault]:
    book = books.get(identity.book)
    if book is None:
        if identity.book not in named:
            yield ("book",), f"there is no book {identity.book!r}{nearest(identity.book, books)}"
        return
    if book.id != identity.id:
        yield ("id",), f"the book {book.name} calls it {book.id!r}; make them one"
    if isinstance(book, SqlBookSpec):
        fields = {part.of_record for part in identity.exact}
        for name in _PARAMETER.findall(book.find):
            if name not in fields:
                message = f"the query of {book.name} wants :{name}, which is no exact part{nearest(name, fields)}"
                yield ("parts",), message


def _language_faults(identity: IdentitySpec, store: Checked) -> Iterator[Fault]:
    for language, line in sorted(languages_of(identity.tool_name, store.agents, store.lines).items()):
        told = f"the line {line} speaks {language}, and"
        if identity.texts_in(language) is None:
            yield ("texts",), f"{told} there are no texts for it"
        for index, part in enumerate(identity.parts):
            if part.texts_in(language) is None:
                yield ("parts", index), f"{told} {part.name} asks nothing in it"
        for key in ("offer", "then_person"):
            report = identity.report
            if report is not None and not any(
                name in (language, language.partition("-")[0]) for name in getattr(report, key)
            ):
                yield ("report", key), f"{told} nothing is offered in it"
    yield from _said_faults(identity)


def _said_faults(identity: IdentitySpec) -> Iterator[Fault]:
    """Nothing of a record is ever filled into what is said here: it would be told to somebody who is not verified."""
    for language, texts in identity.texts.items():
        for key, text in texts:
            if isinstance(text, str) and _GAP.search(text):
                yield ("texts", language, key), "is said as it stands; nothing of a record can be filled in"
    for index, part in enumerate(identity.parts):
        for language, asked in part.texts.items():
            for key, text in asked:
                if isinstance(text, str) and _GAP.search(text):
                    yield ("parts", index, "texts", language, key), "is said as it stands; nothing can be filled in"


def _clashes(identity: IdentitySpec, identities: Mapping[str, IdentitySpec]) -> Iterator[Fault]:
    for other in identities.values():
        if other.name < identity.name and other.tool_name == identity.tool_name:
            yield ("tool",), f"the tool {identity.tool_name!r} is that of the identity {other.name}"
    if VERIFIED in identity.granted:
        yield ("grants",), f"{VERIFIED} is what everybody is who was shown to be somebody; expected a name of its own"
