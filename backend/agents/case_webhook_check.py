"""Checks to whom a line tells its cases: what it names is there."""

from collections.abc import Iterator, Mapping

from backend.agents.problem import Fault, nearest
from backend.domain.callback import CALL_BACK_CASE, WISH_FIELDS
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec

__all__ = ["webhook_faults"]


def webhook_faults(line: LineSpec, forms: Mapping[str, FormSpec]) -> Iterator[Fault]:
    """What is wrong with a line's ``webhook``, by its place in the file."""
    if line.webhook is None:
        return
    known = {name: [field.name for field in form.fields] for name, form in forms.items()}
    known[CALL_BACK_CASE] = list(WISH_FIELDS)
    for form, names in line.webhook.fields.items():
        place = ("webhook", "fields", form)
        if form not in known:
            yield place, f"there is no form {form!r}{nearest(form, known)}"
            continue
        for number, name in enumerate(names):
            if name not in known[form]:
                yield (*place, number), f"{form} has no field {name!r}{nearest(name, known[form])}"
    if not line.webhook.events:
        yield ("webhook", "events"), "nothing is told; name an event, or leave the webhook out"
