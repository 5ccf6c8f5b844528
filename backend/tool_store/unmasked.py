"""A verified caller who then says to be somebody else: what was opened to them is closed again."""

from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.language.named import language_named
from backend.tool_store.context import ToolContext

__all__ = ["unmasked"]


def unmasked(context: ToolContext) -> ToolOutcome | None:
    """What is done about a caller whose own words say that they are not who they passed for; ``None`` for all others.

    They are nobody to the tools from then on, and a person takes over: only a person can tell a slip of the tongue
    from a stranger with the right digits.
    """
    subject = context.session.subject
    if subject is None or not language_named(context.language).talk.denies_to_be(context.caller_text, subject.name):
        return None
    context.session.subject = None
    context.session.verification_attempts = max(context.session.verification_attempts, context.limits.per_call)
    return ToolOutcome(
        False,
        "The caller says to be somebody else than the one who was verified. A person takes over.",
        say=context.phrases.to_a_person,
        directive=TransferToPerson("the caller was verified, and then said to be somebody else"),
        code="tool.denied",
    )
