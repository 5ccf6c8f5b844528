"""A relationship that says nothing by itself is read back with the caller's own word, as a person would say it."""

from dataclasses import replace

import pytest
from fnol_form import ABOUT, FORM, STORE
from reporting import Reporting

from backend.forms.form import Form
from backend.forms.reading import read
from backend.forms.saying import clause

RELATIONSHIPS = [
    ("she is my cousin", "other"), ("a customer of mine", "other"), ("a cousin of mine", "other"),
    ("somebody else", "other"), ("no relation", "other"), ("somebody i know", "other"),
    ("a friend of mine", "friend"), ("me", "self"), ("it is mine", "self"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kept"), RELATIONSHIPS)
def test_one_of_mine_is_not_the_caller(words: str, kept: str) -> None:
    assert read(FORM.field("driver_relationship"), words, ABOUT).value == kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rebecca charles, she is my cousin", "your cousin"),
        ("rebecca charles, a customer of mine", "your customer"),
        ("rebecca charles, somebody else", "somebody else you know"),
        ("rebecca charles, she is my sister", "your brother or sister"),
    ],
)
async def test_the_word_is_said_back(words: str, said: str) -> None:
    call = Reporting()
    await call.says("hm", injuries=False)
    outcome = await call.says(words, driver_name="Rebecca Charles", driver_relationship=words)
    assert outcome.ok
    about = replace(ABOUT, own_words=call.session.facts.get("_own_words:fnol", {}))
    assert clause(FORM.field("driver_relationship"), await call.fields(), about) == said


async def test_a_word_is_forgotten_with_another_relationship() -> None:
    call = Reporting()
    await call.says("hm", injuries=False)
    await call.says("my cousin", driver_name="Rebecca Charles", driver_relationship="my cousin")
    await call.says("no my wife", driver_relationship="my wife")
    assert call.session.facts["_own_words:fnol"] == {}


def test_spanish_says_it_as_well() -> None:
    about = replace(ABOUT, form=Form(STORE.forms["fnol"], "es-US"), own_words={"driver_relationship": "primo"})
    assert clause(about.form.field("driver_relationship"), {"driver_relationship": "other"}, about) == "su primo"
