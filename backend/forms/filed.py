"""What a caller hears when a form is filed: the number, slowly and twice, and what happens next."""

from datetime import UTC, datetime

from backend.domain.callback import CallbackWish
from backend.domain.case import Case
from backend.domain.condition import holds
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import StepSpec
from backend.domain.spec import Texts, text_in, texts_of
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import RingmasterError
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.number import spoken_number
from backend.forms.texting import can_text
from backend.tool_store.confirmation import forget
from backend.tool_store.phone_numbers import own_phone, spelled_phone
from backend.tool_store.said_name import said_name

__all__ = ["told_that_it_waits", "told_when_filed", "while_it_waits"]

_WHY = "their report waits to be filed and they have no number for it"


def told_when_filed(filling: Filling, case: Case, about: About) -> str:
    """The whole of it, in the order in which it is needed."""
    number, texts = spoken_number(case.number or ""), filling.form.texts
    seen = filling.form.sees(case.as_corrected, about.subject)
    steps = [_step(filling, step) for step in filling.spec.steps if holds(step.when, seen)]
    offer = texts.text_offer if filling.spec.tools.text and can_text(filling.ctx) else ""
    parts = [*(filling.says(text, "", case.as_corrected, about, number=number) for text in texts.filed), *steps, offer]
    return " ".join(part.strip() for part in parts if part.strip())


def _step(filling: Filling, step: StepSpec) -> str:
    if step.line is not None:
        texts: Texts = getattr(filling.ctx.line.next_steps, step.line)
        return text_in(texts, filling.form.language) or next((text for _, text in texts_of(texts)), "")
    return filling.form.said_of(step.say) or ""


async def told_that_it_waits(filling: Filling, draft: Case) -> ToolOutcome:
    """The form is taken down and will be filed, but not so safely yet that a number may be promised: a colleague
    calls with it, at the number that the caller has given or calls from, or takes over now where there is none."""
    ctx, texts = filling.ctx, filling.form.texts
    forget(ctx)
    filling.facts.put(filling.facts.WAITS, True)
    number = next((str(value) for value in _phones(filling, draft)), "") or own_phone(ctx.session)
    if number and ctx.callbacks is not None:
        subject = ctx.session.subject
        name = subject.name if subject else said_name(ctx.session)
        wish = CallbackWish(ctx.session.call_id, ctx.line.name, number, name, _WHY, datetime.now(UTC))
        try:
            await ctx.callbacks.keep(wish)
        except RingmasterError:
            pass  # a person, then
        else:
            say = f"{texts.waits} {texts.waits_call.format(phone=spelled_phone(number))}"
            return ToolOutcome(True, "It is noted, not filed yet. Promise no number.", say=say, ask=texts.else_)
    say = f"{texts.waits} {texts.waits_person}"
    return ToolOutcome(True, "It is noted, not filed yet.", say=say, directive=TransferToPerson(_WHY))


def while_it_waits(filling: Filling, *, more: bool) -> ToolOutcome:
    """What a caller hears who was told that it is noted. It will be filed as it stands: who has more to say of it, or
    puts something right, is put through, for it would be lost."""
    texts = filling.form.texts
    if more:
        why = "their report waits to be filed, and they have something to change in it"
        return ToolOutcome(True, "A person takes it.", say=texts.waits_person, directive=TransferToPerson(why))
    return ToolOutcome(True, "It is noted, not filed yet. Promise no number.", ask=texts.else_)


def _phones(filling: Filling, draft: Case) -> list[str]:
    asked: list[FieldSpec] = [field for field in filling.spec.fields if field.kind == "phone"]
    return [str(draft.fields[field.name]) for field in asked if draft.fields.get(field.name)]
