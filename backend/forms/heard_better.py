"""A last answer whose words the recognizer has put right since: read again, so that what is filed is what was said.

An answer may be taken from words that the recognizer only thinks it hears ("pooch tree street"), and its last word on
them ("peachtree street") come while the next question is spoken.
"""

from collections.abc import Mapping
from typing import Any

from backend.domain.hiding import HIDDEN, hide_alone, lasting_secrets
from backend.domain.session import CallerSaid
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.reading import read
from backend.forms.witnesses import agree

__all__ = ["heard_better", "note_answer"]


def note_answer(filling: Filling, asked: str, taken: Mapping[str, Any]) -> None:
    """Keep in which words the question was answered, until the next answer; none of them where they hold a secret.

    Args:
        filling: the form in this call.
        asked: the field that was asked for.
        taken: what was understood.
    """
    filling.facts.pop(filling.facts.ANSWERED)
    words = filling.ctx.caller_text
    open_words = HIDDEN not in hide_alone(words, lasting_secrets(filling.ctx.session.facts))
    if asked in taken and words.strip() and open_words:
        kept = {"turn": filling.ctx.session.turn, "field": asked, "words": words, "value": taken[asked]}
        filling.facts.put(filling.facts.ANSWERED, kept)


def heard_better(filling: Filling, saved: Mapping[str, Any], about: About) -> dict[str, Any]:
    """The field of the last answer as its words now stand in the history, where they say something else, and surely.

    What a model has made of words that do not say it is left as it is.

    Args:
        filling: the form in this call.
        saved: what is recorded.
        about: what helps to read the words.
    """
    kept: Any = filling.facts.get(filling.facts.ANSWERED)
    if not isinstance(kept, dict) or kept["turn"] == filling.ctx.session.turn:
        return {}
    filling.facts.pop(filling.facts.ANSWERED)
    name, text = str(kept["field"]), _words_of_turn(filling, kept["turn"])
    field = filling.spec.field(name)
    if field is None or not text or text == kept["words"] or HIDDEN in text or saved.get(name) != kept["value"]:
        return {}
    before, now = read(field, kept["words"], about), read(field, text, about)
    plain = before.outcome == now.outcome == "value" and agree(kept["value"], before.value)
    return {name: now.value} if plain and now.value != before.value else {}


def _words_of_turn(filling: Filling, turn: int) -> str:
    said = [item.text for item in filling.ctx.session.history if isinstance(item, CallerSaid) and item.turn == turn]
    return said[-1] if said else ""
