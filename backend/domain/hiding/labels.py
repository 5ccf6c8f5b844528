"""Words that call a number a secret."""

from collections.abc import Sequence
from itertools import pairwise

from backend.domain.hiding.said import Piece, Said

__all__ = ["is_labelled", "names_a_card"]

_BEFORE = 8
_BEHIND = 6
"""How many tokens away a word may stand that calls a number something."""
_NAMES = frozenset(
    "social ssn itin cvv cvc cvv2 cvc2 csc pin passcode password passwort nip clave contraseña contrasena".split()
)
_PAIRS = frozenset(
    {
        ("last", "four"), ("last", "4"), ("final", "four"), ("final", "4"), ("security", "code"), ("card", "code"),
        ("verification", "code"), ("secret", "code"), ("secret", "number"), ("secret", "word"), ("access", "code"),
        ("últimos", "cuatro"), ("ultimos", "cuatro"), ("últimos", "4"),
        ("código", "secreto"), ("número", "secreto"), ("palabra", "secreta"),
    }
)  # fmt: skip
_LINKS = frozenset("is are was were it's its that's being es son era eran ese esos".split())
_CARDS = frozenset(
    "card cards visa mastercard maestro amex discover debit credit kreditkarte tarjeta tarjetas crédito débito"
    " carte".split()
)


def names_a_card(said: Said) -> bool:
    """Does somebody speak of a card?"""
    return not _CARDS.isdisjoint(said.tokens)


def is_labelled(said: Said, run: Sequence[Piece]) -> bool:
    """Is this number called a secret, before it ("my PIN is 4821") or behind it ("4821 is my PIN")?"""
    first, last = run[0].first, run[-1].last
    others = [piece for piece in said.pieces if piece.last < first]
    floor = max(first - _BEFORE, others[-1].last + 1 if others else 0)
    if _is_secret(said.tokens[floor:first]):
        return True
    behind = said.tokens[last + 1 : last + 1 + _BEHIND]
    return bool(behind) and behind[0] in _LINKS and _is_secret(behind)


def _is_secret(tokens: Sequence[str]) -> bool:
    if not _NAMES.isdisjoint(tokens):
        return True
    return any(pair in _PAIRS for pair in pairwise(tokens))
