"""What a form keeps in the session: one place for the names of its facts."""

from typing import Any

from backend.domain.session import CallSession

__all__ = ["Facts"]


class Facts:
    """One form's own facts of one call. Names with an underscore are not shown to prompts.

    Args:
        session: the call's memory.
        form: name of the form. A fact without it was kept by a version that knew one form only.
    """

    HALF = "_half"
    """Words of an answer that told only a part, by field."""
    BETWEEN = "_between"
    """The two values that an answer may mean, and that were offered, by field."""
    ANSWERED = "_last_answer"
    """The words and value of the last answer, as they were understood."""
    NIGHT = "_night"
    """The day that was named by its night, by field, until its hour is known."""
    ANEW = "_asked_anew"
    """Fields that the caller has called wrong, without saying how they should be."""
    OWN_WORDS = "_own_words"
    """The caller's own words for relationships that say nothing, by field."""
    EARLIER = "_earlier_draft"
    """The draft of an earlier call that the caller was asked about, and what they said until then."""
    REPORTED = "_reported_before"
    """Was the caller asked whether this is something new, and is that open?"""
    SAME_CASE = "_same_loss"
    """Cases that were asked about: the one that waits for an answer, and those that are another matter."""
    ADDING_TO = "_adding_to"
    """Number of the filed case that everything more is a note to."""
    READ = "_read_parts"
    """The values of each part as they were last read."""
    KIND_WORD = "_sorry_said"
    NUMBER = "_callback_number"
    FIRST_TAKEN = "_harm_taken"
    """Is it in the form what was said before it of people who are hurt?"""
    LEAVING = "_leaving_asked"
    """In which turn the caller was asked whether to leave it as it is."""
    WAITS = "_waits_to_be_filed"
    """Has the caller been told that it is noted, without a number, and will be filed?"""
    STARTED_OVER = "_started_over"
    """How often the caller wanted to begin anew."""
    TEXTED = "_texted"
    """The case whose number was texted, or may have been."""

    def __init__(self, session: CallSession, form: str) -> None:
        self._facts, self._form = session.facts, form

    def get(self, name: str, default: Any = None) -> Any:
        """A fact, or ``default``."""
        return self._facts.get(f"{name}:{self._form}", self._facts.get(name, default))

    def put(self, name: str, value: Any) -> None:
        """Keep a fact; JSON values only."""
        self._facts[f"{name}:{self._form}"] = value

    def pop(self, name: str, default: Any = None) -> Any:
        """Take a fact away."""
        older = self._facts.pop(name, default)
        return self._facts.pop(f"{name}:{self._form}", older)
