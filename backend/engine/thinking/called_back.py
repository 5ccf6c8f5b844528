"""What is known of a call in which somebody is called back, and what they hear first in it."""

from backend.domain.callback import CallingBack
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.forms.earlier import CALLED_BACK

__all__ = ["about_calling_back", "first_words", "form_gone_on_with", "note_calling_back"]

_PROMPT = (
    "We placed this call: the caller is called back, {why}. They have been told so. Whoever picked up may be somebody "
    "else: say nothing of the matter before they are verified."
)
_WHY = {True: "because they asked for it", False: "because their earlier call broke off"}


def note_calling_back(session: CallSession, back: CallingBack) -> None:
    """This call goes to somebody who is called back."""
    session.facts[CALLED_BACK] = {"call": back.call_id, "form": back.form, "asked": back.asked}


def form_gone_on_with(session: CallSession) -> str:
    """The form that their earlier call stopped in; empty where none was begun, and in any other call."""
    return str((session.facts.get(CALLED_BACK) or {}).get("form", ""))


def first_words(session: CallSession, phrases: Phrases) -> str:
    """What somebody hears first who is called back; empty in any other call."""
    back = session.facts.get(CALLED_BACK)
    if back is None:
        return ""
    why = phrases.calling_back_as_asked if back["asked"] else phrases.calling_back_cut_off
    return f"{why} {phrases.calling_back_ready if back['form'] else phrases.calling_back_open}"


def about_calling_back(session: CallSession) -> str:
    """What agents are told of it; empty in any other call."""
    back = session.facts.get(CALLED_BACK)
    return "" if back is None else _PROMPT.format(why=_WHY[bool(back["asked"])])
