"""English dates as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.date import read_date
from backend.language.en.signs import SIGNS
from tests.unit.language.en.words_of_answers import WORDS

SATURDAY = datetime(2026, 11, 21, 10, 15)


def outcome(words: str, asked: Asked) -> tuple[str, object]:
    reading = read_date(words, asked)
    return reading.outcome, list(reading.candidates) if reading.outcome == "ask" else reading.value


@pytest.mark.parametrize(
    ("words", "expected", "value"),
    [
        ("today", "value", "2026-11-21"),
        ("this morning", "value", "2026-11-21"),
        ("earlier today", "value", "2026-11-21"),
        ("yesterday", "value", "2026-11-20"),
        ("yesterday's accident", "value", "2026-11-20"),
        ("the day before yesterday", "value", "2026-11-19"),
        ("before yesterday", "ask", ["2026-11-19"]),
        ("i called them friday but the crash itself was thursday", "value", "2026-11-19"),
        ("it was before yesterday", "ask", ["2026-11-19"]),
        ("the week before yesterday", "ask", []),
        ("night before last", "value", "2026-11-19"),
        ("not yesterday the day before", "value", "2026-11-19"),
        ("last night", "value", "2026-11-20"),
        ("saturday the fourteenth", "value", "2026-11-14"),
        ("the last day of march", "value", "2026-03-31"),
        ("last day of february", "value", "2026-02-28"),
        ("the last day of last month", "value", "2026-10-31"),
        ("last friday in october", "value", "2026-10-30"),
        ("the second tuesday of november", "value", "2026-11-10"),
        ("on valentine's", "value", "2026-02-14"),
        ("two days ago", "value", "2026-11-19"),
        ("three nights ago", "value", "2026-11-18"),
        ("a week ago", "value", "2026-11-14"),
        ("a week ago today", "value", "2026-11-14"),
        ("fortnight ago today", "value", "2026-11-07"),
        ("the first tuesday of this month", "value", "2026-11-03"),
        ("second monday of last month", "value", "2026-10-12"),
        ("fourth thursday of this month", "ask", []),
        ("two mondays ago", "value", "2026-11-09"),
        ("two saturdays ago", "value", "2026-11-07"),
        ("three fridays back", "value", "2026-11-06"),
        ("exactly a week ago", "value", "2026-11-14"),
        ("two weeks ago yesterday", "value", "2026-11-06"),
        ("a week ago friday", "value", "2026-11-13"),
        ("thursday three weeks ago", "value", "2026-10-29"),
        ("a fortnight ago", "value", "2026-11-07"),
        ("a hundred days ago", "value", "2026-08-13"),
        ("five days back", "value", "2026-11-16"),
        ("friday", "value", "2026-11-20"),
        ("friday evening", "value", "2026-11-20"),
        ("saturday morning at eight", "value", "2026-11-21"),
        ("wednesday just gone", "value", "2026-11-18"),
        ("this past tuesday", "value", "2026-11-17"),
        ("last saturday", "value", "2026-11-14"),
        ("last sunday", "value", "2026-11-15"),
        ("tuesday of last week", "value", "2026-11-10"),
        ("last week on tuesday", "value", "2026-11-10"),
        ("saturday last weekend", "value", "2026-11-14"),
        ("the friday before last", "ask", ["2026-11-13", "2026-11-06"]),
        ("monday the sixteenth", "value", "2026-11-16"),
        ("the eighteenth wednesday", "value", "2026-11-18"),
        ("friday the thirteenth", "value", "2026-11-13"),
        ("friday november twentieth", "value", "2026-11-20"),
        ("the twentieth", "value", "2026-11-20"),
        ("on the 30th", "value", "2026-10-30"),
        ("the 31st", "value", "2026-10-31"),
        ("sixteenth", "value", "2026-11-16"),
        ("the third of this month", "value", "2026-11-03"),
        ("third of last month", "value", "2026-10-03"),
        ("on the 16", "value", "2026-11-16"),
        ("nov 3rd", "value", "2026-11-03"),
        ("Nov. 3rd, 2026.", "value", "2026-11-03"),
        ("november the third twenty twenty six", "value", "2026-11-03"),
        ("3rd of november", "value", "2026-11-03"),
        ("november sixteen", "value", "2026-11-16"),
        ("16 november", "value", "2026-11-16"),
        ("may fifth", "value", "2026-05-05"),
        ("the night of the 19th of november", "value", "2026-11-19"),
        ("november third last year", "value", "2025-11-03"),
        ("11/3", "value", "2026-11-03"),
        ("11-3-2026", "value", "2026-11-03"),
        ("11/03/26", "value", "2026-11-03"),
        ("25/12/2025", "value", "2025-12-25"),
        ("2026-11-03", "value", "2026-11-03"),
        ("eleven twelve twenty twenty six", "value", "2026-11-12"),
        ("eleven slash twelve", "value", "2026-11-12"),
        ("half an hour ago", "value", "2026-11-21"),
        ("an hour and a half ago", "value", "2026-11-21"),
        ("twelve hours ago", "value", "2026-11-20"),
        ("within the last hour", "value", "2026-11-21"),
        ("two or three hours ago", "value", "2026-11-21"),
        ("just now", "value", "2026-11-21"),
        ("christmas eve", "value", "2025-12-24"),
        ("last christmas", "value", "2025-12-25"),
        ("the day before christmas", "value", "2025-12-24"),
        ("two days after christmas", "value", "2025-12-27"),
        ("new year's day", "value", "2026-01-01"),
        ("fourth of july", "value", "2026-07-04"),
        ("the monday after halloween", "value", "2026-11-02"),
        ("labor day", "value", "2026-09-07"),
        ("it was the fourth no wait the fifth", "value", "2026-11-05"),
        ("tuesday no i mean wednesday", "value", "2026-11-18"),
        ("tuesday actually wednesday", "value", "2026-11-18"),
        ("tuesday not wednesday", "value", "2026-11-17"),
        ("not the fourth the fifth", "value", "2026-11-05"),
        ("it wasn't on monday it was on tuesday", "value", "2026-11-17"),
        ("wednesday it was wednesday", "value", "2026-11-18"),
        ("the fourth at about four", "value", "2026-11-04"),
        ("two cars hit me yesterday", "value", "2026-11-20"),
        ("it happened yesterday on route 9", "value", "2026-11-20"),
        ("yesterday maybe around nine", "value", "2026-11-20"),
        ("sometime on tuesday", "value", "2026-11-17"),
        ("2 days ago on thursday", "value", "2026-11-19"),
        ("first of the month", "value", "2026-11-01"),
        ("less than an hour ago", "value", "2026-11-21"),
        ("an hour or so ago", "value", "2026-11-21"),
        ("an hour or two ago", "value", "2026-11-21"),
    ],
)
def test_a_day_that_is_gone(words: str, expected: str, value: object) -> None:
    assert outcome(words, Asked("date", SATURDAY, past=True)) == (expected, value)


@pytest.mark.parametrize(
    ("words", "expected", "candidates"),
    [
        ("last tuesday", "ask", ["2026-11-17", "2026-11-10"]),
        ("last friday", "ask", ["2026-11-20", "2026-11-13"]),
        ("sunday last week", "ask", ["2026-11-15", "2026-11-08"]),
        ("this weekend", "ask", []),
        ("last weekend", "ask", ["2026-11-14", "2026-11-15"]),
        ("over the weekend", "ask", ["2026-11-21", "2026-11-14", "2026-11-15"]),
        ("the weekend before last", "ask", ["2026-11-07", "2026-11-08"]),
        ("last week", "ask", []),
        ("the week before last", "ask", []),
        ("earlier this week", "ask", []),
        ("in november", "ask", []),
        ("early november", "ask", []),
        ("november last year", "ask", []),
        ("the other day", "ask", []),
        ("a couple of days ago", "ask", ["2026-11-19"]),
        ("a few days ago", "ask", []),
        ("before two days", "ask", ["2026-11-19"]),
        ("it was before one week", "ask", ["2026-11-14"]),
        ("about a week ago", "ask", ["2026-11-14"]),
        ("a month ago", "ask", ["2026-10-21"]),
        ("ninety thousand days ago", "ask", []),
        ("some time ago", "ask", []),
        ("friday or saturday", "ask", ["2026-11-20", "2026-11-21"]),
        ("two or three days ago", "ask", ["2026-11-18"]),
        ("yesterday or the day before", "ask", ["2026-11-20"]),
        ("maybe tuesday", "ask", ["2026-11-17"]),
        ("it was on friday i think", "ask", ["2026-11-20"]),
        ("i don't know tuesday", "ask", ["2026-11-17"]),
        ("the tenth or so", "ask", ["2026-11-10"]),
        ("around the tenth", "ask", ["2026-11-10"]),
        ("before tuesday", "ask", ["2026-11-17"]),
        ("since monday", "ask", ["2026-11-16"]),
        ("tuesday wednesday", "ask", ["2026-11-17", "2026-11-18"]),
        ("monday tuesday no", "ask", ["2026-11-16", "2026-11-17"]),
        ("friday the twelfth", "ask", ["2026-11-12", "2026-11-20"]),
        ("not the fourth", "ask", []),
        ("november 31st", "ask", []),
        ("13/14", "ask", []),
        ("november twenty second", "ask", ["2025-11-22"]),
        ("25/12", "ask", ["2025-12-25"]),
        ("tomorrow", "ask", []),
        ("next friday", "ask", []),
        ("in two weeks", "ask", []),
        ("saturday evening", "ask", ["2026-11-14"]),
        ("at noon today", "ask", ["2026-11-20"]),
        ("today at eleven pm", "ask", ["2026-11-20"]),
        ("tonight at eleven", "ask", ["2026-11-20"]),
        ("saturday at eleven pm", "ask", ["2026-11-14"]),
        ("last night around one in the morning", "ask", ["2026-11-20", "2026-11-21"]),
        ("tuesday at midnight", "ask", ["2026-11-17", "2026-11-18"]),
        ("new years", "ask", ["2026-01-01", "2025-12-31"]),
        ("i was doing eighty on tuesday", "ask", ["2026-11-17"]),
        ("seventeen", "ask", []),
        ("eleven fourteen", "ask", ["2026-11-14"]),
        ("eleven fourteen twenty six", "ask", ["2026-11-14"]),
        ("the week of thanksgiving", "ask", []),
        ("over a week ago", "ask", ["2026-11-14"]),
        ("monday before this one", "ask", ["2026-11-16"]),
        ("the week of the fourth", "ask", ["2026-11-04"]),
        ("i called yesterday but the accident was the day before", "ask", ["2026-11-20"]),
        ("2 days ago on friday", "ask", ["2026-11-19"]),
        ("two weekends ago", "ask", []),
        ("is it okay if I say tuesday", "ask", ["2026-11-17"]),
    ],
)
def test_a_day_in_doubt_is_asked(words: str, expected: str, candidates: object) -> None:
    asked = Asked("date", SATURDAY, past=True)
    assert outcome(words, asked) == (expected, candidates)
    assert read_date(words, asked).why


@pytest.mark.parametrize(
    "words",
    [
        "", "uh", "on fifth street", "the second car hit me", "first of all yes", "we had a third car",
        "at the corner of fifth and main", "the second the light turned green", "give me 5 minutes", "i have no idea",
        "may i ask why", "what's today's date", "what day is it today",
    ],
)  # fmt: skip
def test_no_day_was_named(words: str) -> None:
    assert outcome(words, Asked("date", SATURDAY, past=True)) == ("none", None)


@pytest.mark.parametrize(
    ("words", "expected", "value"),
    [
        ("11/3", "value", "2026-03-11"),
        ("3.11.2026", "value", "2026-11-03"),
        ("the 5th of november", "value", "2026-11-05"),
        ("bonfire night", "value", "2026-11-05"),
        ("boxing day", "value", "2025-12-26"),
        ("sunday last week", "value", "2026-11-15"),
        ("half past four on the third", "value", "2026-11-03"),
        ("friday week", "ask", []),
    ],
)
def test_british_days(words: str, expected: str, value: object) -> None:
    assert outcome(words, Asked("date", SATURDAY, "GB", past=True)) == (expected, value)


@pytest.mark.parametrize(
    ("words", "expected", "value"),
    [
        ("tomorrow", "value", "2026-11-22"),
        ("day after tomorrow", "value", "2026-11-23"),
        ("friday", "value", "2026-11-27"),
        ("saturday", "value", "2026-11-21"),
        ("next friday", "value", "2026-11-27"),
        ("next tuesday", "value", "2026-11-24"),
        ("the tuesday after next", "value", "2026-12-01"),
        ("a week from tuesday", "value", "2026-12-01"),
        ("two weeks from next tuesday", "value", "2026-12-08"),
        ("tuesday of next week", "value", "2026-11-24"),
        ("next week on tuesday", "value", "2026-11-24"),
        ("this tuesday", "value", "2026-11-24"),
        ("in two weeks", "value", "2026-12-05"),
        ("a week from today", "value", "2026-11-28"),
        ("the fourth", "value", "2026-12-04"),
        ("december third", "value", "2026-12-03"),
        ("christmas", "value", "2026-12-25"),
        ("the monday after thanksgiving", "value", "2026-11-30"),
        ("yesterday", "ask", []),
        ("next week", "ask", []),
        ("monday week", "value", "2026-11-23"),
    ],
)
def test_a_day_to_come(words: str, expected: str, value: object) -> None:
    assert outcome(words, Asked("date", SATURDAY, future=True)) == (expected, value)


@pytest.mark.parametrize(
    ("words", "expected", "value"),
    [
        ("march third nineteen eighty five", "value", "1985-03-03"),
        ("the second of june eighty four", "value", "1984-06-02"),
        ("june second eighty four", "value", "1984-06-02"),
        ("oh six oh two eighty four", "value", "1984-06-02"),
        ("oh four eighteen seventy two", "value", "1972-04-18"),
        ("eleven nineteen seventy one", "value", "1971-11-19"),
        ("03/04/85", "value", "1985-03-04"),
        ("tomorrow", "value", "2026-11-22"),
        ("friday", "ask", ["2026-11-20", "2026-11-27"]),
        ("may first", "ask", ["2027-05-01", "2026-05-01"]),
        ("the fourth", "ask", ["2026-11-04", "2026-12-04"]),
        ("christmas", "value", "2026-12-25"),
    ],
)
def test_any_day(words: str, expected: str, value: object) -> None:
    assert outcome(words, Asked("date", SATURDAY)) == (expected, value)


@pytest.mark.parametrize(
    ("now", "words", "expected", "value"),
    [
        ("2026-03-01T08:00", "yesterday morning", "value", "2026-02-28"),
        ("2028-03-01T00:10", "twenty minutes ago", "value", "2028-02-29"),
        ("2028-03-01T00:10", "about ten minutes ago", "ask", ["2028-03-01", "2028-02-29"]),
        ("2028-03-01T00:05", "just now", "ask", ["2028-03-01", "2028-02-29"]),
        ("2026-09-10T01:30", "last night", "ask", ["2026-09-09", "2026-09-10"]),
        ("2027-01-02T09:00", "on the thirty first", "value", "2026-12-31"),
        ("2027-01-02T09:00", "december twenty seventh", "value", "2026-12-27"),
        ("2027-01-02T09:00", "last month", "ask", []),
        ("2027-01-02T09:00", "last month on the fifth", "value", "2026-12-05"),
        ("2026-03-30T09:00", "the thirtieth of last month", "ask", []),
        ("2026-04-07T09:00", "easter monday", "value", "2026-04-06"),
        ("2026-11-25T18:40", "last friday", "value", "2026-11-20"),
        ("2026-11-28T11:00", "last monday", "value", "2026-11-23"),
        ("2026-11-28T11:00", "last tuesday", "ask", ["2026-11-24", "2026-11-17"]),
        ("2026-11-29T11:00", "last tuesday", "value", "2026-11-24"),
        ("2026-11-27T11:00", "last monday", "ask", ["2026-11-23", "2026-11-16"]),
        ("2026-11-28T11:00", "any day less friday", "ask", []),
        ("2026-11-28T11:00", "make one week today", "ask", ["2026-11-21"]),
        ("2026-11-28T11:00", "one week today", "ask", ["2026-11-21"]),
        ("2026-11-28T11:00", "it makes three days", "ask", ["2026-11-25"]),
        ("2026-11-28T11:00", "the past week, the thursday", "ask", ["2026-11-26", "2026-11-19"]),
        ("2026-11-28T11:00", "monday, not this one, the other", "ask", ["2026-11-23"]),
        ("2026-11-25T18:40", "wednesday at nine pm", "ask", ["2026-11-18"]),
        ("2026-11-25T18:40", "saturday last weekend", "value", "2026-11-21"),
        ("2026-11-25T18:40", "this friday", "ask", ["2026-11-20"]),
        ("2026-11-25T18:40", "sunday this week", "ask", ["2026-11-22"]),
    ],
)
def test_the_borders_of_days_and_months_and_years(now: str, words: str, expected: str, value: object) -> None:
    assert outcome(words, Asked("date", datetime.fromisoformat(now), past=True)) == (expected, value)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(["US", "GB"]), st.booleans())
def test_no_day_that_cannot_be_is_taken_whatever_is_said(words: str, region: str, past: bool) -> None:
    reading = read_date(words, Asked("date", SATURDAY, region, past=past, future=not past))
    assert reading.outcome != "value" or (reading.value <= "2026-11-21") == past or reading.value == "2026-11-21"


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    read_date(words, Asked("date", SATURDAY, past=True))


@given(st.sampled_from(["tuesday", "the fifth", "november third", "two days ago"]), st.sampled_from(["not", "maybe"]))
def test_a_denial_or_a_hedge_before_a_day_is_never_taken(day: str, sign: str) -> None:
    assert SIGNS.find([sign])
    assert read_date(f"{sign} {day}", Asked("date", SATURDAY, past=True)).outcome == "ask"
