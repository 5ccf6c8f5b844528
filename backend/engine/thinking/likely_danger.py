"""Whether what somebody says makes it likely that they are in danger: by words of peril, and by what was learned.

The figures were chosen by what was learned from, four parts of it in turn judged by the others; docs/decisions/0026.
"""

from backend.language.named import language_named

__all__ = ["is_doubtful", "may_be_in_danger", "sounds_in_danger"]

_LIKELY, _LIKELY_BY_OTHER_WORDS = 0.0, 4.0
"""Log odds from which it is likely. Who answers a question of ours says many words of peril about what is over, and so
does who has lost somebody."""
_HARDLY = -1.5
"""Log odds, beside those of silence, up to which a word of peril alone says nothing: the other words speak against it.
Words that were never learned do not."""
_DOUBTFUL = -2.2
"""Log odds, beside those of silence, up to which it is doubtful even of who seems to be in danger surely."""


def may_be_in_danger(text: str, language: str) -> bool:
    """Is there a word of peril in it, and nothing speaks against it?

    Args:
        text: the caller's words.
        language: what is spoken with them, as ``en-US``.
    """
    talk = language_named(language).talk
    return talk.may_need_help(text) and talk.distress(text) - talk.distress("") > _HARDLY


def sounds_in_danger(text: str, language: str, *, is_answer: bool) -> bool:
    """Do people who are in danger talk like this, whatever their words?

    Args:
        text: the caller's words.
        language: what is spoken with them, as ``en-US``.
        is_answer: was something asked before, which they may have answered?
    """
    talk = language_named(language).talk
    odds = talk.distress(text)
    return odds > _LIKELY and (odds > _LIKELY_BY_OTHER_WORDS or not (is_answer or talk.mourns(text)))


def is_doubtful(text: str, language: str) -> bool:
    """Does all but a word of peril speak against it? Then even who seems to be in danger surely is asked. Never where
    it is said in another language than this, whose words are not known here.
    """
    talk = language_named(language).talk
    return talk.needs_help_now(text) and talk.distress(text) - talk.distress("") <= _DOUBTFUL
