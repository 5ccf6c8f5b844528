"""English as a ``Language``: which reader and which saying each kind has."""

from backend.language.asked import Kind
from backend.language.en.account import ACCOUNT
from backend.language.en.address import read_address
from backend.language.en.aside import read_aside
from backend.language.en.choice import read_choice
from backend.language.en.clause_words import CLAUSE_WORDS
from backend.language.en.code import read_code
from backend.language.en.date import read_date
from backend.language.en.digits import read_digits
from backend.language.en.email import read_email
from backend.language.en.expected import expected_in_english
from backend.language.en.group import group_reader
from backend.language.en.integer import read_integer
from backend.language.en.manners import plain_speech
from backend.language.en.money import read_money
from backend.language.en.name import read_name
from backend.language.en.neutral import COVERAGE
from backend.language.en.partly import PARTLY
from backend.language.en.person import read_person
from backend.language.en.phone import read_phone
from backend.language.en.plainness import PLAINNESS
from backend.language.en.postal_code import read_postal_code
from backend.language.en.remarks import REMARKS
from backend.language.en.say_characters import say_characters, say_email, say_phone
from backend.language.en.say_day import say_date, say_time
from backend.language.en.say_values import say_address, say_group, say_money, say_person, say_yes_no
from backend.language.en.talk import TALK
from backend.language.en.text import read_text
from backend.language.en.time import read_time
from backend.language.en.turn_words import TURN_WORDS
from backend.language.en.yes_no import read_yes_no
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["ENGLISH"]

_READERS: dict[Kind, Reader] = {
    "address": read_address,
    "choice": read_choice,
    "code": read_code,
    "date": read_date,
    "digits": read_digits,
    "email": read_email,
    "integer": read_integer,
    "money": read_money,
    "name": read_name,
    "person": read_person,
    "phone": read_phone,
    "postal_code": read_postal_code,
    "text": read_text,
    "time": read_time,
    "yes_no": read_yes_no,
}
_READERS["group"] = group_reader(_READERS)
_SAYINGS: dict[Kind, Saying] = {
    "address": say_address,
    "code": say_characters,
    "date": say_date,
    "digits": say_characters,
    "email": say_email,
    "group": say_group,
    "money": say_money,
    "person": say_person,
    "phone": say_phone,
    "postal_code": say_characters,
    "time": say_time,
    "yes_no": say_yes_no,
}

ENGLISH = ReaderLanguage(
    "en",
    _READERS,
    _SAYINGS,
    read_aside,
    ACCOUNT,
    TALK,
    TURN_WORDS,
    COVERAGE,
    CLAUSE_WORDS,
    expected_in_english,
    PARTLY,
    plain_speech,
    plainness=PLAINNESS,
    remarks=REMARKS,
)
