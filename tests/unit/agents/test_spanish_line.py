"""The shipped line in two languages: only the languages of its line and agents are changed."""

import shutil
from pathlib import Path

from backend.agents.store import load_store
from backend.tool_store.built_in import BUILT_IN

ROOT = Path(__file__).parents[3]


def test_the_insurers_line_may_be_had_in_spanish_too(tmp_path: Path) -> None:
    for folder in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    files = [tmp_path / "agent_store/lines/insurance.yaml", *(tmp_path / "agent_store/agents").glob("*.yaml")]
    for file in files:
        text = file.read_text()
        assert "languages: [en-US]" in text
        file.write_text(text.replace("languages: [en-US]", "languages: [en-US, es-MX]"))
    store = load_store(tmp_path / "agent_store", tmp_path / "prompt_store", BUILT_IN)
    form = store.forms["fnol"]
    assert form.texts_in("es-MX") is not form.texts_in("en-US")
    assert all(one.texts_in("es-MX") is not one.texts_in("en-US") for one in form.fields)
