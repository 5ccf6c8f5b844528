"""What operations see of cases, under the plain names or under those that a form's aliases give them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, create_model

from backend.domain.callback import CALL_BACK_CASE, WishState, WishStep
from backend.domain.case import Case
from backend.domain.case_names import CaseNames
from backend.domain.search import FoundCase

__all__ = ["CaseView", "FoundCaseView", "WishStepView", "case_shown", "found_case_shown", "named_view"]

_PLAIN_ONLY = frozenset({"form", "corrections", "steps"})
"""Keys that there are under the plain names only: an alias is of one form, and answers as it always did."""


class CaseNoteView(BaseModel):
    """What a caller added to a case that was filed already."""

    at: datetime
    call_id: str
    text: str


class CorrectionView(BaseModel):
    """One field that a person put right."""

    at: datetime
    who: str
    name: str = Field(description="Of the field.")
    before: Any = Field(description="What stood there; of the first correction of a field, what the caller said.")
    after: Any


class WishStepView(BaseModel):
    """Somebody did something about a wish to be called back."""

    at: datetime
    who: str
    state: WishState = Field(description="How it stands since then.")
    call_id: str = Field(description="The call that they had placed; empty where there was none.")

    @classmethod
    def of(cls, step: WishStep) -> "WishStepView":
        """As it is kept."""
        return cls(at=step.at, who=step.who, state=step.state, call_id=step.call_id)


class CaseView(BaseModel):
    """One case."""

    number: str = Field(description="Empty while it is a draft; a wish to be called back has none.")
    form: str = Field(description=f"`{CALL_BACK_CASE}`: a wish to be called back, which no form took down.")
    call_id: str
    subject: str = Field(description="Whom it is about: the id of the book's record, empty where nobody was verified.")
    status: str = Field(description="`draft` or `filed`; of a wish to be called back `open`, `called` or `done`.")
    filed_at: datetime | None = Field(description="Of a wish: when it was said.")
    fields: dict[str, Any] = Field(
        description="As they stand: what the caller said, with every correction. Of a wish: `phone`, `name`, `reason`."
    )
    verified: bool = Field(description="False: the caller could not be verified; whose case it is must be found.")
    notes: list[CaseNoteView]
    corrections: list[CorrectionView] = Field(description="What people put right after it was filed, the oldest first.")


class FoundCaseView(CaseView):
    """One case of a list, with what its call says of it."""

    updated_at: datetime
    line: str
    test: bool = Field(description="Did it come from a test? Totals leave tests out.")
    broken_off: bool = Field(description="A draft whose call is over.")
    steps: list[WishStepView] = Field(description="What people did about a wish to be called back, the oldest first.")


def named_view(view: type[BaseModel], names: CaseNames) -> type[BaseModel]:
    """The same view under these names."""
    if not names.form:
        return view
    left = {name: one for name, one in view.model_fields.items() if name not in _PLAIN_ONLY}
    keys: dict[str, Any] = {names.key(name): (one.annotation, one) for name, one in left.items()}
    return create_model(f"{view.__name__}_{names.form}", __doc__=view.__doc__, **keys)


def case_shown(case: Case, names: CaseNames) -> dict[str, Any]:
    """A case as its view has it."""
    shown: dict[str, Any] = {name: getattr(case, name) for name in CaseView.model_fields}
    shown |= {"number": case.number or "", "fields": dict(case.as_corrected)}
    shown["notes"] = [CaseNoteView(at=note.at, call_id=note.call_id, text=note.text) for note in case.notes]
    shown["corrections"] = [
        CorrectionView(at=one.at, who=one.who, name=one.name, before=one.before, after=one.after)
        for one in case.corrections
    ]
    return _named(shown, names)


def found_case_shown(found: FoundCase, names: CaseNames) -> dict[str, Any]:
    """A case of a list as its view has it."""
    of_call = {name: getattr(found, name) for name in ("line", "test", "broken_off")}
    shown = case_shown(found.case, names) | {"updated_at": found.case.updated_at, **of_call}
    return shown if names.form else shown | {"steps": [WishStepView.of(step) for step in found.steps]}


def _named(shown: dict[str, Any], names: CaseNames) -> dict[str, Any]:
    left_out = _PLAIN_ONLY if names.form else frozenset[str]()
    return {names.key(name): value for name, value in shown.items() if name not in left_out}
