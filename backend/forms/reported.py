"""Who speaks of what they have reported already is asked whether this is something new; a person takes what is not."""

from collections.abc import Iterable

from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.earlier import ask_about, go_on_or_not, how_it_stands
from backend.forms.filling import Filling
from backend.tool_store.repair import keys_offered, understood

__all__ = ["answer_whether_new", "ask_whether_new", "told_anew"]

_WAIT = ToolOutcome(False, "The caller is being asked. Wait for the answer.", lasting=False)


def told_anew(texts: Iterable[str], about: About) -> list[str]:
    """The words that may tell of something new: "I filed a claim two weeks ago" tells neither its day nor anything."""
    return [text for text in texts if not about.language.account.has_reported(text)]


async def ask_whether_new(filling: Filling, about: About) -> ToolOutcome | None:
    """The question, once a call, for a caller who speaks of an earlier report; ``None`` where nobody does.

    A case of theirs that was filed is named.
    """
    facts, texts = filling.facts, filling.form.texts
    if texts.reported is None or facts.get(facts.REPORTED) or not _speaks_of_one(filling, about):
        return None
    if facts.get(facts.SAME_CASE):  # a case that they know of was asked about
        return None
    cases = await filling.cases.filed() if filling.ctx.session.subject else ()
    newest = next((case for case in cases if case.number), None)
    facts.put(facts.REPORTED, {"asked": True, "open": newest is None})
    if newest is None:
        return filling.put(filling.form.turn(texts.reported), "Something reported before is spoken of.")
    said = next(text for text in filling.texts() if about.language.account.has_reported(text))
    facts.put(facts.SAME_CASE, {"asked": [newest.number], "open": newest.number, "said": said})
    return ask_about(filling, newest, about)


def answer_whether_new(filling: Filling, about: About) -> ToolOutcome | None:
    """What follows from the caller's answer; ``None`` where it is something new, and the form goes on."""
    facts, text, turn = filling.facts, filling.ctx.caller_text, filling.form.texts.reported
    assert turn is not None
    question = filling.form.turn(turn)
    if filling.is_being_asked(question.name):
        return _WAIT
    account = about.language.account
    new, old = account.wants_a_new_one(text), account.means_the_old_one(text)
    keys = keys_offered(filling.ctx, question)
    is_new = new if new != old else go_on_or_not(filling.ctx.language, text, asked=question.ask, keys=keys)
    if is_new is None:
        return filling.repair(question, "Neither something new nor something that was reported.")
    understood(filling.ctx, question.name)
    facts.put(facts.REPORTED, {"asked": True})
    return None if is_new else how_it_stands(filling)


def _speaks_of_one(filling: Filling, about: About) -> bool:
    return any(map(about.language.account.has_reported, filling.texts()))
