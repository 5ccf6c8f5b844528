"""What the cases of a form are called outside: in the API, in records of calls, and in SIP headers on transfer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from backend.domain.case_number import NumberPattern
from backend.domain.form_spec import FormSpec
from backend.domain.session import CallSession

__all__ = ["PLAIN_NAMES", "CaseNames", "names_outside", "numbers_outside", "told_on_transfer"]


@dataclass(frozen=True, slots=True)
class CaseNames:
    """Names of one form's cases, by its ``aliases``; the plain ones where it has none."""

    form: str = ""
    """Empty for the plain names, which all forms' cases have."""
    api: str = "cases"
    """Path of the API, behind ``/api/v1/``."""
    id: str = "number"
    """Key of the number."""
    subject: str = "subject"
    """Key of the subject's id."""
    header: str = "Case-Number"
    """SIP header of the number, behind its ``X-MS-Custom-``."""
    subject_header: str = "Subject-Id"
    numbers: NumberPattern | None = None
    """By which a number of these cases is known."""

    def key(self, name: str) -> str:
        """What a field of a case is called."""
        return {"number": self.id, "subject": self.subject}.get(name, name)


PLAIN_NAMES = CaseNames()


def names_outside(forms: Iterable[FormSpec]) -> tuple[CaseNames, ...]:
    """The names of all forms that have any of their own."""
    found: list[CaseNames] = []
    for form in forms:
        known = {field.name for field in fields(CaseNames)}
        own = {name: value for name, value in form.aliases.model_dump(exclude_none=True).items() if name in known}
        if own:
            found.append(CaseNames(form.name, **own, numbers=NumberPattern(form.number)))
    return tuple(found)


def numbers_outside(number: str | None, all_names: Iterable[CaseNames]) -> Mapping[str, str | None]:
    """The number of a call's case under each name that it is known by."""
    return {
        names.id: number if number and (names.numbers is None or names.numbers.fits(number)) else None
        for names in all_names
        if names.id != PLAIN_NAMES.id
    }


def told_on_transfer(session: CallSession, all_names: Iterable[CaseNames]) -> Mapping[str, str]:
    """What a person who takes over is told in SIP headers: who calls, and which cases there are."""
    told: dict[str, str] = {}
    for names in list(all_names) or [PLAIN_NAMES]:
        told[names.subject_header] = session.subject.id if session.subject else ""
        number = session.number_of(names.form) if names.form else session.case_number
        told[names.header] = number or ""
    return told
