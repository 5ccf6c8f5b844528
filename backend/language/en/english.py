"""English as a ``Language``: which reader and which saying each kind has."""

from backend.language.asked import Kind
from backend.language.en.address import read_address
from backend.language.en.choice import read_choice
from backend.language.en.group import group_reader
from backend.language.en.name import read_name
from backend.language.en.nothing_said import read_nothing
from backend.language.en.person import read_person
from backend.language.en.text import read_text
from backend.language.en.yes_no import read_yes_no
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["ENGLISH"]

_READERS: dict[Kind, Reader] = {}
_SAYINGS: dict[Kind, Saying] = {}

_READERS["yes_no"] = read_yes_no
_READERS["choice"] = read_choice
_READERS["name"] = read_name
_READERS["person"] = read_person
_READERS["address"] = read_address
_READERS["text"] = read_text
_READERS["group"] = group_reader(_READERS)

ENGLISH = ReaderLanguage("en", _READERS, _SAYINGS, read_nothing)
