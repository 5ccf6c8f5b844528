"""Sealing: what is sealed tells nothing, opens in its place only, and with its key only."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.errors import ConfigError, SealBroken

OLD, NEW = (DataKey.read(new_key(), "DATA_KEY") for _ in range(2))
RING = KeyRing([NEW, OLD])


@given(st.binary(), st.text(), st.text())
def test_what_is_sealed_opens_in_its_place_only(clear: bytes, place: str, other: str) -> None:
    sealed = RING.seal(clear, place)
    assert sealed.isascii() and sealed.startswith(b"rm1." + NEW.id.encode())
    assert RING.open(sealed, place) == clear
    if other != place:
        with pytest.raises(SealBroken):
            RING.open(sealed, other)


@given(st.binary(min_size=4), st.data())
def test_nothing_of_it_can_be_seen_or_changed(clear: bytes, data: st.DataObject) -> None:
    sealed = RING.seal(clear)
    body = base64.urlsafe_b64decode(sealed.split(b".")[2])
    assert clear not in body and RING.seal(clear) != sealed
    at = data.draw(st.integers(0, len(body) - 1))
    changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
    with pytest.raises(SealBroken):
        RING.open(b".".join([*sealed.split(b".")[:2], base64.urlsafe_b64encode(changed)]))


@given(st.binary())
def test_broken_envelopes_are_refused_and_nothing_else_is_raised(rest: bytes) -> None:
    for head in (b"rm1.", b"rm1." + NEW.id.encode() + b"."):
        with pytest.raises(SealBroken):
            RING.open(head + rest)


def test_a_key_from_before_opens_and_the_new_one_seals() -> None:
    sealed = KeyRing([OLD]).seal(b"words", "turns")
    assert RING.open(sealed, "turns") == b"words"
    assert RING.seal(b"words").split(b".")[1] == NEW.id.encode()
    with pytest.raises(SealBroken, match="a key that is not set"):
        KeyRing([NEW]).open(sealed, "turns")


def test_what_never_was_sealed_comes_back_as_it_is() -> None:
    assert RING.open(b'{"call_id": "c1"}', "session") == b'{"call_id": "c1"}'


def test_hashes_find_a_number_under_each_key_and_only_of_its_kind() -> None:
    now, before = RING.hashes("+12065550123", "number")
    assert KeyRing([OLD]).hashes("+12065550123", "number") == (before,)
    assert now != before and RING.hashes("+12065550123", "record")[0] != now
    assert RING.hashes("+12065550124", "number")[0] != now


@pytest.mark.parametrize("written", ["short", "", "not base64!", base64.b64encode(b"x" * 31).decode(), "ü" * 44])
def test_what_is_no_key_is_said_without_repeating_it(written: str) -> None:
    with pytest.raises(ConfigError, match="DATA_KEY: expected 32 random bytes") as told:
        DataKey.read(written, "DATA_KEY")
    assert not written or written not in str(told.value)


def test_either_alphabet_of_base64_is_the_same_key() -> None:
    raw = bytes([251, 255] * 16)
    one, two = base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert one != two and DataKey.read(one + "\n", "K") == DataKey.read(two, "K")
    assert repr(raw[:4]) not in repr(DataKey.read(one, "K"))
