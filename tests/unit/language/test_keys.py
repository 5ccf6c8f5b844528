"""Who would rather press keys than say a number, in each language that can tell."""

import pytest

from backend.language.named import language_named


@pytest.mark.parametrize(
    ("language", "text", "wants"),
    [
        ("en-US", "can I type that in", True), ("en-US", "I don't get it", False),
        ("es-MX", "¿lo puedo teclear?", True), ("es-MX", "mejor lo marco en el teclado", True),
        ("es-MX", "prefiero marcarlo", True), ("es-MX", "con los botones", True), ("es-MX", "con las teclas", True),
        ("es-MX", "me llamo Marco", False), ("es-MX", "no le entiendo", False),
        ("fr-FR", "je peux le taper ?", True), ("fr-FR", "pardon ?", False),
    ],
)  # fmt: skip
def test_keys_are_asked_for(language: str, text: str, wants: bool) -> None:
    assert language_named(language).talk.wants_keys(text) is wants
