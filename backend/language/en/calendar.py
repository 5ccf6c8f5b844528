"""Days as they are named in English."""

from backend.language.en.ago import AGO_RULES
from backend.language.en.dated import BARE_RULES, DATED_RULES
from backend.language.en.day_words import DAY_CLASSES
from backend.language.en.holiday import HOLIDAY_RULES
from backend.language.en.weekday import WEEKDAY_RULES
from backend.language.grammar import Grammar

__all__ = ["BARE_DATES", "CALENDAR"]

CALENDAR = Grammar(DAY_CLASSES, (*AGO_RULES, *WEEKDAY_RULES, *DATED_RULES, *HOLIDAY_RULES))
"""Finds days in the words of ``said_times``; the context is ``Days``."""
BARE_DATES = Grammar(DAY_CLASSES, BARE_RULES)
"""Finds days that are named by numbers alone; each is in doubt."""
