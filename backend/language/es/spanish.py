"""Spanish as a ``Language``: which reader and which saying each kind has."""

from backend.language.asked import Kind
from backend.language.es.account import ACCOUNT
from backend.language.es.addresses import read_address
from backend.language.es.amounts import read_money
from backend.language.es.asides import spanish_aside
from backend.language.es.choices import read_choice, read_text
from backend.language.es.clause_words import CLAUSE_WORDS
from backend.language.es.codes import read_code, read_postal_code
from backend.language.es.counting import read_integer
from backend.language.es.dates import read_date
from backend.language.es.digits import read_digits
from backend.language.es.emails import read_email
from backend.language.es.groups import group_reader
from backend.language.es.manners import plain_speech
from backend.language.es.names import read_name
from backend.language.es.neutral import COVERAGE
from backend.language.es.partly import PARTLY
from backend.language.es.people import read_person
from backend.language.es.phones import read_phone
from backend.language.es.plainness import PLAINNESS
from backend.language.es.remarks import REMARKS
from backend.language.es.say_characters import say_characters, say_email, say_phone
from backend.language.es.say_day import say_date, say_time
from backend.language.es.say_values import say_address, say_group, say_money, say_person, say_yes_no
from backend.language.es.talk import TALK
from backend.language.es.times import read_time
from backend.language.es.turn_words import TURN_WORDS
from backend.language.es.yes_no import read_yes_no
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["SPANISH"]

_READERS: dict[Kind, Reader] = {
    "date": read_date,
    "time": read_time,
    "digits": read_digits,
    "code": read_code,
    "postal_code": read_postal_code,
    "phone": read_phone,
    "email": read_email,
    "money": read_money,
    "yes_no": read_yes_no,
    "choice": read_choice,
    "integer": read_integer,
    "name": read_name,
    "person": read_person,
    "address": read_address,
    "text": read_text,
}
_READERS["group"] = group_reader(_READERS)
_SAYINGS: dict[Kind, Saying] = {
    "yes_no": say_yes_no,
    "date": say_date,
    "time": say_time,
    "digits": say_characters,
    "code": say_characters,
    "postal_code": say_characters,
    "phone": say_phone,
    "email": say_email,
    "money": say_money,
    "person": say_person,
    "address": say_address,
    "group": say_group,
}

SPANISH = ReaderLanguage(
    "es",
    _READERS,
    _SAYINGS,
    spanish_aside,
    ACCOUNT,
    TALK,
    TURN_WORDS,
    COVERAGE,
    CLAUSE_WORDS,
    partly=PARTLY,
    plain=plain_speech,
    plainness=PLAINNESS,
    remarks=REMARKS,
)
