"""Choices that callers of a line's second language would hear in the first one are warned of."""

from pathlib import Path

from backend.agents.store import load_store
from backend.agents.unnamed_choices import unnamed_choices
from backend.rehearsal.tools import memory_tools

UTILITY = Path(__file__).resolve().parents[3] / "examples" / "utility"


def test_a_choice_has_a_name_in_each_language_that_it_is_offered_in() -> None:
    store = load_store(UTILITY / "agent_store", UTILITY / "prompt_store", memory_tools().names)
    form, lines = store.forms["outage"], list(store.lines.values())
    assert [*unnamed_choices(form, store.agents, lines)] == []
    extent = form.field("extent")
    assert extent is not None
    texts = {code: one.model_copy(update={"simple": ""}) for code, one in extent.texts.items()}
    fields = tuple(one if one is not extent else one.model_copy(update={"texts": texts}) for one in form.fields)
    ((place, message),) = unnamed_choices(form.model_copy(update={"fields": fields}), store.agents, lines)
    assert place[0] == "fields"
    assert "'one home'" in message and "texts.es a simple question" in message
