"""Tool servers that a store declares are part of its version, and come back when it is rolled back."""

from pathlib import Path

from backend.agents.files import read_files, version_of
from backend.agents.folder import StoreFolder, is_store_name

DENTAL = Path(__file__).resolve().parents[3] / "examples/dental"


def test_declared_tools_are_kept_and_brought_back_with_the_rest(tmp_path: Path) -> None:
    files = read_files(DENTAL / "agent_store", DENTAL / "prompt_store")
    contents = files.contents()
    assert "tools/appointment_book.yaml" in contents
    assert files.changed(contents).contents() == contents
    assert version_of(contents) != version_of(contents | {"tools/appointment_book.yaml": "name: other"})
    for folder in ("agent_store", "prompt_store"):
        (tmp_path / folder).mkdir()
    assert all(is_store_name(name) for name in contents)
    StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store").write(contents)
    assert read_files(tmp_path / "agent_store", tmp_path / "prompt_store").contents() == contents
