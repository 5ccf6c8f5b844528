"""What is never kept of what people say: card numbers, and the secrets by which callers are known."""

from backend.domain.hiding.hide import HIDDEN, Utterance, hide, hide_alone, hide_in
from backend.domain.hiding.known import SECRETS, KnownSecret, known_secrets, lasting_secrets, note_secret

__all__ = [
    "HIDDEN",
    "SECRETS",
    "KnownSecret",
    "Utterance",
    "hide",
    "hide_alone",
    "hide_in",
    "known_secrets",
    "lasting_secrets",
    "note_secret",
]
