"""A street and a city in words that tell a story, or put a place right."""

from backend.language.en.spoken.places import read_place, street_in
from backend.language.tokens import words

__all__ = ["place_in"]


def place_in(text: str) -> dict[str, str]:
    """Street, city, state and zip code, only the parts said; no city without a street."""
    said = " ".join(words(text))
    street = street_in(said)
    named = read_place(street).street if street else ""
    if not named:
        return {}
    place = read_place(said)
    told = {"street": named, "city": place.city, "state": place.state, "zipcode": place.zipcode}
    return {key: part for key, part in told.items() if part}
