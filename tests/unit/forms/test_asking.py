"""What the store says of a field reaches the readers: lists in the place of their names, in the language of a call."""

from datetime import datetime
from pathlib import Path

import yaml
from lost_property import FILES

from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.forms.asking import asked_of

NOON = datetime(2026, 11, 21, 12, 0)
ROOT = Path(__file__).resolve().parents[3]


def form() -> FormSpec:
    written = yaml.safe_load(FILES["agent_store/forms/lost_item.yaml"])
    written["vocabulary"] = {"trains": {"en": ["train", "night train"], "es": ["tren"]}}
    seat = next(one for one in written["fields"] if one["name"] == "seat")
    seat["told_with"] = {"en": ["{trains}", "window"], "es": ["{trains}"]}
    choice = next(one for one in written["fields"] if one["name"] == "class_of_travel")
    choice["choices"][0]["words"]["en"] = ["{trains} + first"]
    return FormSpec.model_validate(written)


def field(spec: FormSpec, name: str) -> FieldSpec:
    found = spec.field(name)
    assert found is not None
    return found


def test_a_list_stands_in_the_place_of_its_name() -> None:
    spec = form()
    assert asked_of(spec, field(spec, "seat"), "en-US", NOON).told_with == ("train", "night train", "window")
    assert asked_of(spec, field(spec, "seat"), "es-MX", NOON).told_with == ("tren",)
    assert asked_of(spec, field(spec, "class_of_travel"), "en-US", NOON).choices[0].words == (
        "train|night train + first",
    )


def test_a_language_without_such_words_has_none() -> None:
    spec = form()
    assert asked_of(spec, field(spec, "seat"), "fr-FR", NOON).told_with == ()


def test_words_of_cars_are_the_store_s() -> None:
    spec = FormSpec.model_validate(yaml.safe_load((ROOT / "agent_store/forms/fnol.yaml").read_text("utf-8")))
    assert {"truck", "bumper", "mechanic"} <= set(
        asked_of(spec, field(spec, "vehicle_drivable"), "en-US", NOON).told_with
    )
    assert {"camioneta", "defensa"} <= set(asked_of(spec, field(spec, "vehicle_drivable"), "es-MX", NOON).told_with)
