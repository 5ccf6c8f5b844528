"""What a caller puts right in a case that is filed: kept beside it with what stands there, for a person to correct.

Nothing that is filed is changed by voice: nobody reads it back for a yes any more, and others may work on it already.
"""

from collections.abc import Mapping
from typing import Any

from backend.domain.case import Case
from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.answers import correct, named_in
from backend.forms.filling import Filling
from backend.forms.saying import said_value
from backend.language.consent import consent_in
from backend.language.named import language_named

__all__ = ["changes_to", "note_changes"]


def changes_to(filling: Filling, case: Case, about: About) -> Mapping[str, Any]:
    """The fields that these words put right, with what they are to be. A story of its own puts nothing right."""
    text, stands, language = filling.ctx.caller_text, case.as_corrected, filling.ctx.language
    told_of_more = about.tells(text) or about.language.account.names_another(text)
    if told_of_more or language_named(language).talk.asks_back(text):
        return {}
    if consent_in(language, text) not in ("correction", "hedged"):
        return {}
    told = {**correct(filling, text, stands, about), **named_in(filling, text, stands, about)}
    told.pop(filling.spec.story or "", None)
    return {name: value for name, value in told.items() if stands.get(name) != value}


async def note_changes(filling: Filling, case: Case, changes: Mapping[str, Any], about: About) -> ToolOutcome:
    """Keep the caller's words with what stands there and what is to stand there, and say who corrects it."""
    number, stands = case.number or "", case.as_corrected
    pairs = (
        f"{name}: {_said(filling, name, stands, about)} -> {_said(filling, name, changes, about)}" for name in changes
    )
    await filling.cases.add_note(number, f"{filling.ctx.caller_text} [{'; '.join(pairs)}]".strip())
    filling.note_number(number)
    texts = filling.form.texts
    return ToolOutcome(
        True,
        "It was noted with the case, which itself is as it was filed; a person corrects it.",
        data=filling.number_data(number),
        say=texts.to_correct or texts.added,
        ask=texts.else_,
    )


def _said(filling: Filling, name: str, values: Mapping[str, Any], about: About) -> str:
    value = values.get(name)
    return "-" if value is None else said_value(filling.form.field(name), value, about)
