"""Digits said one by one, with the homophones that recognisers write for them."""

from backend.domain.spoken.tokens import words

__all__ = ["digit_words", "read_digits"]

_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip

_HOMOPHONES = {
    "won": "1", "to": "2", "too": "2", "tu": "2", "for": "4", "fore": "4", "ford": "4", "forth": "4", "fall": "4",
    "fife": "5", "fine": "5", "hive": "5", "sex": "6", "sick": "6", "sicks": "6", "sics": "6", "ate": "8",
    "aid": "8", "eights": "8", "nein": "9", "mine": "9", "knight": "9", "nines": "9", "night": "9",
    "tree": "3", "free": "3",
    "threes": "3", "ones": "1", "twos": "2", "fours": "4", "fives": "5", "sixes": "6", "sevens": "7", "sero": "0",
    "hero": "0", "zeros": "0", "owe": "0", "ow": "0", "wan": "1", "wine": "9",
}  # fmt: skip

_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3}


def read_digits(text: str) -> str:
    """The digits in an utterance, in order: ``"four eight to one"`` is ``"4821"``.

    A homophone ("for", "to", "ate") counts only beside a sure digit, so that "for my car"
    has none. "Double seven" is two digits, "twenty one" is 21, "hundred" ends a group.
    """
    tokens = words(text)
    sure = [_sure(token) for token in tokens]
    found: list[str] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token in _REPEATS and index + 1 < len(tokens) and (digit := _digit(tokens, sure, index + 1)):
            found.append(digit * _REPEATS[token])
            index += 2
            continue
        if token in _TENS:
            ones = _DIGITS.get(tokens[index + 1]) if index + 1 < len(tokens) else None
            found.append(_TENS[token] + (ones if ones and ones != "0" else "0"))
            index += 2 if ones and ones != "0" else 1
            continue
        found.append(_digit(tokens, sure, index))
        index += 1
    return "".join(found)


def digit_words(digits: str) -> str:
    """``"4821"`` as it is said: ``"four eight two one"``."""
    names = {value: name for name, value in reversed(_DIGITS.items()) if name not in {"o", "oh", "nought"}}
    return " ".join(names[digit] for digit in digits if digit in names)


def _sure(token: str) -> bool:
    return token in _DIGITS or token in _TEENS or token in _TENS or any(c.isdigit() for c in token)


def _digit(tokens: list[str], sure: list[bool], index: int) -> str:
    token = tokens[index]
    if token in _DIGITS:
        return _DIGITS[token] if token != "o" or _beside_digit(tokens, sure, index) else ""
    if token in _TEENS:
        return _TEENS[token]
    if any(character.isdigit() for character in token):
        return "".join(character for character in token if character.isdigit())
    if token in _HOMOPHONES and _beside_digit(tokens, sure, index):
        return _HOMOPHONES[token]
    return ""


def _beside_digit(tokens: list[str], sure: list[bool], index: int) -> bool:
    """Is there a sure digit next to this token, other homophones passed over?"""
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(tokens) and (tokens[place] in _HOMOPHONES or tokens[place] == "o") and not sure[place]:
            place += step
        if 0 <= place < len(tokens) and sure[place]:
            return True
    return False
