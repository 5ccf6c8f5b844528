"""The shipped line in its two languages: each text of its form is there in both."""

from shipped_store import shipped_store

from backend.tool_store.built_in_names import BUILT_IN


def test_the_insurers_line_is_had_in_spanish_too() -> None:
    store = shipped_store(BUILT_IN)
    assert {"en-US", "es-US"} <= store.languages
    form = store.forms["fnol"]
    assert form.texts_in("es-MX") is not form.texts_in("en-US")
    assert all(one.texts_in("es-MX") is not one.texts_in("en-US") for one in form.fields)
