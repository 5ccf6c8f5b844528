"""Operations: what people put right in filed cases. What callers said stays beside it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Header, Path, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted
from backend.api.case_views import case_shown
from backend.api.faults import fault_of
from backend.api.services import ApiServices
from backend.domain.case import Case
from backend.domain.case_names import CaseNames
from backend.domain.form_spec import FormSpec
from backend.domain.principal import Principal
from backend.errors import CallNotFound, CaseConflict, CaseUnguarded
from backend.forms.correcting import correction_fault

__all__ = ["CORRECTION_FAULTS", "CorrectCase", "correction_route"]

CORRECTION_FAULTS: dict[int | str, dict[str, object]] = {
    412: fault_of("it was corrected since it was read"),
    422: fault_of("a field that the form does not have, or a value that is not of its kind"),
    428: fault_of("If-Match is missing"),
}
_Find = Callable[[ApiServices, Principal, str, CaseNames], Awaitable[Case]]


class CorrectCase(BaseModel):
    """What is put right."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, Any] = Field(
        min_length=1, max_length=100, repr=False, description="New values by field name, each of its field's kind."
    )


def correction_route(names: CaseNames, find: _Find) -> Callable[..., Awaitable[dict[str, Any]]]:
    """The route that corrects a case under these names; ``find`` looks for one that a person may see."""

    async def correct_case(
        found: Services,
        person: Person,
        number: Annotated[str, Path(alias=names.id)],
        wanted: CorrectCase,
        note: Noted,
        response: Response,
        if_match: Annotated[str | None, Header(description="ETag of the case as it was read.")] = None,
    ) -> dict[str, Any]:
        """The caller's own words are kept beside each new value. `If-Match` is the ETag of `GET`, so that nobody's
        correction undoes another's unseen: that is a 412. The audit says who put which fields right, and after which
        state of the case; the values before and after stand in the case, sealed as it is.
        """
        if if_match is None:
            raise CaseUnguarded("say which state of the case you saw: If-Match with its ETag")
        case = await find(found, person, number, names)
        seen = if_match.strip().removeprefix("W/").strip('"')
        if seen != str(case.revision):
            raise CaseConflict("this case was corrected by somebody else since it was read: read it again")
        _check(found.store.form(case.form), case, wanted.fields)
        corrected = await found.cases.correct(number, case.revision, wanted.fields, person.who)
        if corrected is None:
            raise CallNotFound("this case is gone")
        note.before, note.after = str(case.revision), str(corrected.revision)
        note.detail["fields"] = sorted(one.name for one in corrected.corrections[len(case.corrections) :])
        response.headers["ETag"] = f'"{corrected.revision}"'
        return case_shown(corrected, names)

    return correct_case


def _check(form: FormSpec | None, case: Case, changes: dict[str, Any]) -> None:
    """Is each a value of its field's kind?

    Raises:
        RequestValidationError: naming every field that has another one, and what is expected.
    """
    if form is None:
        gone = f"the store has no form {case.form} any more, so nobody knows what its fields may be"
        raise RequestValidationError([{"type": "value_error", "loc": ("fields",), "msg": gone}])
    filed, faults = (case.filed_at or case.updated_at).date(), list[dict[str, Any]]()
    for name, value in changes.items():
        field = form.field(name)
        fault = correction_fault(form, field, value, filed) if field else "the form has no such field"
        if fault:
            faults.append({"type": "value_error", "loc": ("fields", name[:64]), "msg": fault})
    if faults:
        raise RequestValidationError(faults)
