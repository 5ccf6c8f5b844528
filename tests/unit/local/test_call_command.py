"""What the line that says "ready" tells people to type."""

import pytest

from backend.local.dev import call_command

TYPED = ".venv/bin/ringmaster call tests/personas/rear_end"


@pytest.mark.parametrize(
    ("server", "azure", "typed"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8090", TYPED),
        ("http://127.0.0.1:8281", "127.0.0.1:8090", f"{TYPED} --server http://127.0.0.1:8281"),
        ("http://127.0.0.1:8080", "127.0.0.1:8999", f"{TYPED} --emulator http://127.0.0.1:8999"),
    ],
)
def test_addresses_are_named_when_they_are_not_the_usual_ones(server: str, azure: str, typed: str) -> None:
    assert call_command(server, azure) == typed
