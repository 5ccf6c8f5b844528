"""A line tells its cases only with fields that there are."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from quick_yaml import read_yaml

from backend.agents.case_webhook_check import webhook_faults
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec

ROOT = Path(__file__).resolve().parents[3]
FORM = FormSpec.model_validate(read_yaml((ROOT / "agent_store/forms/fnol.yaml").read_text()))


def line(**webhook: Any) -> LineSpec:
    whole = read_yaml((ROOT / "agent_store/lines/insurance.yaml").read_text())
    usual = {"url": "https://crm.example.com/cases", "secret": {"env": "TOOL_CASES_SECRET"}}
    return LineSpec.model_validate(whole | {"webhook": usual | webhook})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fnol": ["loss_date"], "call_back": ["phone", "name", "reason"]}, ""),
        ({"fnol": ["loss_dat"]}, "fnol has no field 'loss_dat'; did you mean 'loss_date'?"),
        ({"fnoll": []}, "there is no form 'fnoll'; did you mean 'fnol'?"),
        ({"call_back": ["number"]}, "call_back has no field 'number'; did you mean 'name'?"),
    ],
)
def test_what_it_names_is_there(fields: dict[str, list[str]], said: str) -> None:
    assert [fault for _, fault in webhook_faults(line(fields=fields), {"fnol": FORM})] == ([said] if said else [])


def test_a_webhook_that_tells_nothing_is_a_mistake() -> None:
    assert len(list(webhook_faults(line(events=[]), {"fnol": FORM}))) == 1
    plain = line().model_copy(update={"webhook": None})
    assert list(webhook_faults(plain, {})) == []


@pytest.mark.parametrize("wrong", [{"secret": "in the store"}, {"secret": {"env": "DATA_KEY"}}, {"url": "file:///etc"}])
def test_secrets_stay_in_the_environment(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        line(**wrong)
