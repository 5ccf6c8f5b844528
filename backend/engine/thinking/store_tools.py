"""The tools that a version of the store makes of its forms, identities and books."""

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


def tools_of_store(tools: ToolRunner, store: AgentStore) -> ToolRunner:
    """A runner with everything that calls with this version of the store work with."""
    return tools.beside(store.servers, _made(store))


def _made(store: AgentStore) -> list[ToolDefinition]:
    concern = FormConcern()
    flows = [Flow(identity, store.books[identity.book], concern) for identity in store.identities.values()]
    look_ups = [
        look_up_tool(spec, book, concern, render_words) for book in store.books.values() for spec in book.spec.lookups
    ]
    return [*(identity_tool(flow) for flow in flows), *look_ups, *form_tools(store.forms.values(), flows)]
