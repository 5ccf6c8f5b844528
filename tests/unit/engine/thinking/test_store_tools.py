"""Tools of a version of the store are made once, for all calls with it."""

import gc
import weakref
from dataclasses import replace

from shipped_store import shipped_store

from backend.engine.thinking.store_tools import tools_of_store
from backend.rehearsal.tools import memory_tools

TOOLS = memory_tools()
STORE = shipped_store(TOOLS.names)
FORM = next(iter(STORE.forms.values()))


def test_calls_with_one_version_share_what_was_made_of_it_and_those_with_another_do_not() -> None:
    first, again = (tools_of_store(TOOLS, STORE) for _ in range(2))
    other = tools_of_store(TOOLS, replace(STORE, forms={}))
    assert first is not again
    assert first.names == again.names
    assert first.knows(FORM.record_tool)
    assert not other.knows(FORM.record_tool)


def test_a_version_that_no_call_has_is_let_go() -> None:
    gone = replace(STORE, forms={})
    tools_of_store(TOOLS, gone)
    known = weakref.ref(gone)
    del gone
    gc.collect()
    assert known() is None
