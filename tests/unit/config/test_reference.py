"""The reference page of settings says what the settings are."""

from pathlib import Path

from config.concern import field_names
from config.reference import settings_page
from config.settings import CONCERNS

_PAGE = Path(__file__).resolve().parents[3] / "docs/reference/settings.md"


def test_the_page_is_what_the_settings_are() -> None:
    assert _PAGE.read_text("utf-8") == settings_page(), "run `make schema`: the page is written from config/"


def test_every_setting_has_a_row_that_says_what_it_is() -> None:
    rows = [line.split(" | ") for line in settings_page().splitlines() if line.startswith("| `")]
    told = {row[0].strip("| `"): row[-1].strip("| ") for row in rows}
    assert {name.upper() for concern in CONCERNS for name in field_names(concern)} <= set(told)
    assert [name for name, text in told.items() if not text] == []
