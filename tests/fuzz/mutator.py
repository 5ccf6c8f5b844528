"""Makes broken inputs of good ones. The same seed, target and number give the same input on every machine."""

import json
import random
from collections.abc import Sequence
from typing import Any

__all__ = ["Mutator", "chance"]

_BYTES = (
    b"\x00", b"\xff", b"\r\n", b"\r\n\r\n", b"\\u0000", b"\\ud800", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]",
    b'"', b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 40, b"0x" + b"f" * 5000, b"[" * 300, b"[" * 20_000, b'{"a":' * 100, b"=" * 5, b": ", b"- ", b"\t",
    b"&a ", b"*a", b"!!python/object:os.system", b"{{ x }}", b"{% for i in range(9) %}", b"{% endfor %}", b"{#", b"../", b"%00",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 1.5, float("inf"), "", " ", "0", "null", "\x00", "\ud800", "é" * 50,
    "a" * 5000, [], {}, [[]], {"": ""}, [None] * 50, {"kind": "AudioData"},
)  # fmt: skip
_NOISE = (
    "uh", "um", "no", "not", "and", "or", "the", "o", "oh", "double", "triple", "hundred", "thousand", "half", "past", "quarter",
    "to", "minus", "zero", "11", "4821", "6o601", "1st", "twenty", "-", "'", "é", "١٢", "五", "²", "½", "ﬁ", "\u202e", "\u200b",
    "\x00", "I'm", "wait", "don't", "nobody", "everybody", "me", "my", "wife", "a.m.", "noon", "yesterday", "@", "...", "?!",
)  # fmt: skip


def chance(seed: int, target: str, number: int) -> random.Random:
    """The random numbers of one input."""
    return random.Random(f"{seed}/{target}/{number}")


class Mutator:
    """Changes one good input a few times.

    Args:
        seeds: good inputs.
    """

    def __init__(self, seeds: Sequence[bytes]) -> None:
        self._seeds = list(seeds)

    def raw(self, rng: random.Random) -> bytes:
        """Bytes flipped, cut out, doubled, moved, and pieces of other inputs put in."""
        made = bytearray(rng.choice(self._seeds))
        for _ in range(rng.choice((1, 1, 2, 3, 5, 12))):
            at = rng.randrange(len(made) + 1)
            upto = min(len(made), at + rng.choice((1, 2, 4, 16, 64)))
            match rng.randrange(7):
                case 0 if made:
                    made[min(at, len(made) - 1)] ^= 1 << rng.randrange(8)
                case 1:
                    del made[at:upto]
                case 2:
                    made[at:at] = made[at:upto]
                case 3:
                    made[at:at] = rng.choice(_BYTES)
                case 4:
                    made[at:upto] = rng.choice(_BYTES)
                case 5:
                    other = rng.choice(self._seeds)
                    start = rng.randrange(len(other) + 1)
                    made[at:at] = other[start : start + rng.choice((4, 32, 256))]
                case _:
                    del made[at:]
            del made[65_536:]
        return bytes(made)

    def json(self, rng: random.Random) -> bytes:
        """Well-formed JSON with values of other kinds, keys renamed, left out, doubled or nested."""
        value = json.loads(rng.choice(self._seeds))
        for _ in range(rng.choice((1, 1, 2, 4))):
            value = _changed(value, rng)
        return json.dumps(value).encode()

    def either(self, rng: random.Random) -> bytes:
        """One or the other."""
        return self.json(rng) if rng.random() < 0.5 else self.raw(rng)

    def words(self, rng: random.Random) -> str:
        """Words left out, doubled, swapped, run together, from other sentences, or noise."""
        made = rng.choice(self._seeds).decode().split()
        for _ in range(rng.choice((1, 2, 3, 6))):
            at = rng.randrange(len(made) + 1)
            match rng.randrange(8):
                case 0:
                    del made[at : at + 1]
                case 1:
                    made[at:at] = made[at : at + 2]
                case 2:
                    made.insert(at, rng.choice(_NOISE))
                case 3:
                    other = rng.choice(self._seeds).decode().split()
                    start = rng.randrange(len(other) + 1)
                    made[at:at] = other[start : start + rng.randrange(1, 6)]
                case 4:
                    rng.shuffle(made)
                case 5 if made:
                    made[at - 1] = made[at - 1].upper() if rng.random() < 0.5 else made[at - 1].replace("e", "")
                case 6 if len(made) > 1:
                    made[at - 1 : at + 1] = ["".join(made[at - 1 : at + 1])]
                case _:
                    made.insert(at, str(rng.choice((rng.randrange(100), rng.randrange(10**6)))))
            del made[200:]
        return rng.choice((" ", " ", ", ", "  ")).join(made)


def _changed(value: Any, rng: random.Random) -> Any:
    match value:
        case dict() if value and rng.random() < 0.85:
            found = dict(value)
            key = rng.choice(list(found))
            match rng.randrange(6):
                case 0:
                    del found[key]
                case 1:
                    found[key.swapcase()] = found[key]
                case 2:
                    found[key] = {key: found[key]}
                case 3:
                    found[key] = rng.choice(_VALUES)
                case _:
                    found[key] = _changed(found[key], rng)
            return found
        case list() if value and rng.random() < 0.85:
            at = rng.randrange(len(value))
            return [*value[:at], _changed(value[at], rng), *value[at + rng.randrange(2) :]]
        case str() if value and rng.random() < 0.5:
            at = rng.randrange(len(value))
            return value[:at] + rng.choice(("", "\x00", "=", "é", value[:3], "\ud800")) + value[at + 1 :]
        case _:
            return rng.choice(_VALUES)
