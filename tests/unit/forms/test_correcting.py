"""A person's correction is a value of its field's kind, or is told what is expected."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from quick_yaml import read_yaml

from backend.domain.field_spec import FieldKind, FieldSpec
from backend.domain.form_spec import FormSpec
from backend.forms.correcting import correction_fault

FILED = date(2026, 11, 21)
SHIPPED = FormSpec.model_validate(read_yaml((Path(__file__).parents[3] / "agent_store/forms/fnol.yaml").read_text()))


def fault(field: FieldSpec, value: Any) -> str:
    return correction_fault(SHIPPED, field, value, FILED)


def of(kind: str, **more: Any) -> FieldSpec:
    return FieldSpec.model_validate({"name": "it", "kind": kind, **more})


CHOICES = [{"value": "red"}, {"value": "blue"}]
PARTS = [{"name": "year", "kind": "integer", "digits": 4}, {"name": "color", "kind": "choice", "choices": CHOICES}]
DATED = [{"name": "on", "kind": "date"}, {"name": "color", "kind": "choice", "choices": CHOICES}]

RIGHT: list[tuple[FieldSpec, Any]] = [
    (of("text"), "It rained."),
    (of("text", longest=3), "abc"),
    (of("name"), "Zoë O'Neill-Sánchez"),
    (of("yes_no"), False),
    (of("yes_no", answer="any", details="what"), {"any": True, "what": ""}),
    (of("choice", choices=CHOICES), "blue"),
    (of("choice", choices=CHOICES, otherwise="other"), "other"),
    (of("choice", choices=[{"value": 1}, {"value": True}]), True),
    (of("integer", least=0, greatest=9), 9),
    (of("money"), 12.5),
    (of("group", parts=DATED), {"on": "2020-02-29", "color": "red"}),
    (of("date", past=True), "2026-11-22"),
    (of("date", past=True, within_days=366), "2025-11-22"),
    (of("time"), "23:59"),
    (of("time", texts={"en": {"span": "{first} {last}"}}), "15:00-16:00"),
    (of("digits", digits=4), "0042"),
    (of("code", pattern="[A-Z]{2}[0-9]+"), "AB1"),
    (of("phone"), "+13125550142"),
    (of("email"), "ann@example.com"),
    (of("postal_code"), "SW1A 1AA"),
    (of("person"), "Ann Lee"),
    (of("person", list=True), [{"name": "Ann", "relationship": ""}]),
    (of("person", list=True), []),
    (of("address", needs=["street"]), {"street": "1 Lake Street"}),
    (of("group", parts=PARTS), {"year": 2019, "color": "red"}),
    (of("text", may_stay_open=True), None),
    (of("time", may_stay_open=True, open_value="unknown"), "unknown"),
]  # fmt: skip

WRONG: list[tuple[FieldSpec, Any]] = [
    (of("text"), ""), (of("text"), "   "), (of("text"), 7), (of("text", longest=3), "abcd"), (of("text"), "a\x00b"),
    (of("text", least_words=2), "one"), (of("name"), "x" * 101), (of("text"), None),
    (of("yes_no"), 1), (of("yes_no"), "yes"), (of("yes_no", answer="any", details="what"), True),
    (of("yes_no", answer="any", details="what"), {"any": 1, "what": ""}),
    (of("yes_no", answer="any", details="what"), {"any": True, "what": "", "more": ""}),
    (of("choice", choices=CHOICES), "green"), (of("choice", choices=[{"value": 1}]), True),
    (of("integer"), True), (of("integer"), 1.5), (of("integer", least=0), -1), (of("integer", greatest=9), 10),
    (of("money"), -1), (of("money"), float("nan")), (of("money"), "12"),
    (of("date"), "2026-02-30"), (of("date"), "20261121"), (of("date"), "yesterday"), (of("date"), 20261121),
    (of("date", past=True), "2026-11-23"), (of("date", future=True), "2026-11-19"),
    (of("date", within_days=30), "2026-10-01"),
    (of("time"), "24:00"), (of("time"), "15:00-16:00"), (of("time"), "3 pm"),
    (of("digits", digits=4), "42"), (of("digits"), "4a"), (of("digits"), 42), (of("digits"), "٤٢"),
    (of("code", pattern="[A-Z]{2}[0-9]+"), "ab1"), (of("code", pattern="[A-Z]{2}[0-9]+"), "AB1 "),
    (of("phone"), "312 555"), (of("phone"), "=1+1"), (of("email"), "ann@"), (of("postal_code"), "=1"),
    (of("person"), ["Ann"]), (of("person", list=True), "Ann"), (of("person", list=True), [{"relationship": "son"}]),
    (of("person", list=True, most=1), [{"name": "A"}, {"name": "B"}]),
    (of("address", needs=["street"]), {"city": "Chicago"}), (of("address"), {"street": "x", "planet": "Mars"}),
    (of("address"), "1 Lake Street"), (of("address", needs=["city"]), {"city": "x" * 201}),
    (of("group", parts=PARTS), {"year": 2019}), (of("group", parts=PARTS), {"year": 19, "color": "red"}),
    (of("group", parts=PARTS), {"year": 2019, "color": "green"}), (of("group", parts=PARTS), []),
    (of("group", parts=PARTS), {"year": 2019, "color": "red", "more": 1}),
    (of("group", parts=PARTS), {"year": -201, "color": "red"}), (of("group", parts=PARTS), {"year": 10**5000}),
    (of("group", parts=PARTS), {"year": 10**5000, "color": "red"}),
    (of("group", parts=DATED), {"on": "2019-02-29", "color": "red"}),
    (of("group", parts=DATED), {"on": "soon", "color": "red"}),
    (of("money"), 10**400), (of("money"), 1e15), (of("money"), float("inf")),
    (of("email"), "a\x00b@example.com"), (of("email"), f"ann@{'x' * 260}.com"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), RIGHT)
def test_a_value_of_the_fields_kind_is_taken(field: FieldSpec, value: Any) -> None:
    assert fault(field, value) == ""


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_another_value_is_refused_with_what_is_expected(field: FieldSpec, value: Any) -> None:
    told = fault(field, value)
    assert told.startswith(("expected", "lacks", "year: ", "color: ", "on: "))
    assert "x" * 50 not in told, "what was written is not said back"


def test_every_kind_has_a_check_that_refuses_what_is_no_value_at_all() -> None:
    for kind in get_args(FieldKind):
        assert fault(of(kind, parts=PARTS, choices=CHOICES), object()), kind


def test_names_of_a_list_count_and_those_that_depend_on_another_may_be_rare() -> None:
    field = SHIPPED.field("vehicle")
    assert field is not None
    assert fault(field, {"year": 2019, "make": "Toyota", "model": "Camry"}) == ""
    assert fault(field, {"year": 2019, "make": "Toyota", "model": "Sera"}) == ""
    assert fault(field, {"year": 2019, "make": "Toyotta", "model": "Camry"}).startswith("make: expected one of")
