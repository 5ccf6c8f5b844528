"""What helps to read an answer: the form, the moment, who the caller is, and what a book knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.domain.subject import Subject
from backend.forms.form import Form
from backend.language.language import Language
from backend.language.named import language_named

__all__ = ["About"]


@dataclass(frozen=True, slots=True)
class About:
    """The circumstances of one answer.

    Args:
        form: in the language of the call.
        now: the caller's local date and time.
        subject: who the caller has been shown to be.
        known: what a book knows of them, by the field that offers it.
        insisted: they were asked twice before: better what they say, as they say it, than to ask a third time.
        caller: the name that a caller gave who is not verified.
        asking: the words that were asked, where they are not the field's own: "In which city was that?".
        own_words: by field, their own word for a relationship that says nothing: "cousin".
    """

    form: Form
    now: datetime
    subject: Subject | None = None
    known: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False)
    insisted: bool = False
    caller: str = field(default="", repr=False)
    asking: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def language(self) -> Language:
        """Reads and says values in the language of the call."""
        return language_named(self.form.language)

    @property
    def own_name(self) -> str:
        """The caller's name, as far as it is known."""
        return self.subject.name if self.subject else self.caller

    def no_account(self, words: str) -> bool:
        """Do the words tell nothing of what happened: a question, or that the caller cannot say?"""
        return not self.tells(words) and self.language.account.is_no_account(words)

    def tells(self, words: str) -> bool:
        """Is this an account of something that happened?"""
        form = self.form
        events, announcing = form.said_of(form.spec.events), form.said_of(form.spec.announcing)
        return self.language.account.tells(words, events or (), announcing or ())

    def offered(self, spec: FieldSpec) -> tuple[Any, ...]:
        """What the book knows for a field and is offered; nothing where it knows too much to be listed."""
        known = self.known.get(spec.name, ())
        return known if spec.offer and len(known) <= spec.offer.most else ()
