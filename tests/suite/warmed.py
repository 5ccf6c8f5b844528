"""What nearly every worker would make for itself, made once before they are forked.

None of it starts a thread or opens anything; whoever runs alone makes of it what is asked for.
"""

import inspect
from importlib import import_module

from hypothesis.internal.charmap import charmap, intervals_from_codec
from shipped_store import shipped_store

from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.domain.case_names import CaseNames, names_outside
from backend.language.named import language_named
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryCaseSearch

__all__ = ["warm"]

_LANGUAGES = ("en", "es", "fr")
_LATER = ("alembic.command", "backend.adapters.acs.text_messages", "anyio._backends._asyncio", "uvicorn.lifespan.on")
"""What servers load only while they start: most of a second in each that is forked, and in each worker."""


def warm() -> None:
    """The readers of words, the project's own store, the documents of the API, what random text is drawn from, and
    whose lines an error shows.

    Together three seconds; in a fresh clone six, three of which are the characters.
    """
    for name in _LATER:
        import_module(name)
    charmap()
    intervals_from_codec("utf-8")
    for language in _LANGUAGES:
        language_named(language)
    store = shipped_store(memory_tools().names)
    for names in ((), names_outside(store.forms.values())):
        _describe(names)
    inspect.getmodule(warm.__code__)  # looks where the files of four thousand modules really are, and remembers it


def _describe(names: tuple[CaseNames, ...]) -> None:
    """An application is asked for nothing here but what it has."""
    nothing, cases = object(), MemoryCases()
    application = create_api(
        ApiServices(
            desk=nothing, records=nothing, cases=cases, case_search=MemoryCaseSearch(cases),
            callbacks=MemoryCallbacks(), store=nothing, live=None, open_media=None, chats=nothing,
            access=Access(authenticator=nothing), case_names=names, ways=("acs",),
        )  # type: ignore[arg-type]
    )  # fmt: skip
    application.openapi()
