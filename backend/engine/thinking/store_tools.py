"""The tools that a version of the store makes of its forms, identities and books."""

import weakref

from backend.agents.prompts import render_words
from backend.agents.store import AgentStore
from backend.forms.concern import FormConcern
from backend.forms.tools import form_tools
from backend.identities.flow import Flow
from backend.identities.look_up import look_up_tool
from backend.identities.tool import identity_tool
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.runner import ToolRunner

__all__ = ["tools_of_store"]

_MOST_KEPT = 4
"""Versions that calls of one process hold at a time, and a store of a test or two."""
_kept: list[tuple[weakref.ref[AgentStore], tuple[ToolDefinition, ...]]] = []
"""Of the latest versions. What a tool knows of a call comes with the call (``ToolContext``)."""


def tools_of_store(tools: ToolRunner, store: AgentStore) -> ToolRunner:
    """A runner with everything that calls with this version of the store work with."""
    return tools.beside(store.servers, _once(store))


def _once(store: AgentStore) -> tuple[ToolDefinition, ...]:
    # For each call anew they took as long as a short turn, and the schemas that Pydantic makes of them once more.
    for known, made in tuple(_kept):
        if known() is store:
            return made
    made = tuple(_made(store))
    _kept.append((weakref.ref(store), made))
    del _kept[:-_MOST_KEPT]
    return made


def _made(store: AgentStore) -> list[ToolDefinition]:
    concern = FormConcern()
    flows = [Flow(identity, store.books[identity.book], concern) for identity in store.identities.values()]
    look_ups = [
        look_up_tool(spec, book, concern, render_words) for book in store.books.values() for spec in book.spec.lookups
    ]
    return [*(identity_tool(flow) for flow in flows), *look_ups, *form_tools(store.forms.values(), flows)]
