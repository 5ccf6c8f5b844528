"""English as a ``Language``: which reader and which saying each kind has."""

from backend.language.asked import Kind
from backend.language.en.address import read_address
from backend.language.en.aside import read_aside
from backend.language.en.choice import read_choice
from backend.language.en.date import read_date
from backend.language.en.group import group_reader
from backend.language.en.name import read_name
from backend.language.en.person import read_person
from backend.language.en.text import read_text
from backend.language.en.time import read_time
from backend.language.en.yes_no import read_yes_no
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["ENGLISH"]

_READERS: dict[Kind, Reader] = {
    "address": read_address,
    "choice": read_choice,
    "date": read_date,
    "name": read_name,
    "person": read_person,
    "text": read_text,
    "time": read_time,
    "yes_no": read_yes_no,
}
_READERS["group"] = group_reader(_READERS)
_SAYINGS: dict[Kind, Saying] = {}

ENGLISH = ReaderLanguage("en", _READERS, _SAYINGS, read_aside)
