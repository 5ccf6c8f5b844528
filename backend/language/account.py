"""What a language knows of people who tell something: clauses, denials, second person."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from backend.language.reading import Reading, doubtful, nothing

__all__ = ["Account"]


def _as_it_is(text: str) -> str:
    return text


def _one_clause(text: str) -> list[str]:
    return [text.lower()] if text.strip() else []


def _any_words(text: str, events: Collection[str], announcing: Collection[str]) -> bool:
    del events, announcing
    return len(text.split()) > 1


def _never(_text: str) -> bool:
    return False


def _always(_text: str) -> bool:
    return True


def _nobody(_text: str) -> list[dict[str, str]]:
    return []


def _people_of(text: str) -> Reading:
    return doubtful("this language reads no lists of people") if text.strip() else nothing()


def _no_place(_text: str) -> dict[str, str]:
    return {}


def _as_told(_city: str, state: str) -> str:
    return state


def _no_span(_text: str) -> tuple[str, str] | None:
    return None


def _not_owned(_text: str, _offered: Sequence[tuple[str, ...]]) -> int | None:
    return None


def _none_of(_text: str, _offered: Sequence[tuple[str, ...]], _beside: Collection[str]) -> int | None:
    return None


@dataclass(frozen=True)
class Account:
    """How stories are read and said back; what a language without one of these does is in the defaults.

    Args:
        tells: is this an account of something, more than that something is to be told? Given words of events, and
            words that only announce.
        is_no_account: is it a question, or that they cannot say? (Of what tells nothing.)
        yours: somebody by what they are to the caller, said to the caller: "your uncle".
        second_person: the story said back to the one who told it; empty where it cannot be.
        plain_clauses: the clauses that deny nothing, in lower case.
        names_another: do the words speak of another matter than the one at hand?
        wants_a_new_one: do they want to begin anew?
        has_reported: do they speak of a report that they have made already, and may want to know how it stands?
        only_asks: do they report nothing, though they name what is reported: "will I pay more if I report one"?
        means_the_old_one: asked whether it is something new, do they say that it is what they have reported?
        comes_back: do they say that they called before, were cut off, or have told of it already?
        takes_back: is something taken back in it that was said before: "no wait", "I meant"?
        names_a_night: is a day named by its night ("last night"), which goes on after midnight?
        without_answer: the words without a yes, a no or a "wait" that they begin with.
        people: several people: ``[{"name", "relationship"}]``, empty for nobody.
        place_in: street and city in a story or a correction, only the parts said.
        companions: who is said to have been beside the one who is asked about: ``{"name", "relationship"}`` each.
        span: the two times of "between three and four", each in words; the half of the day may stand in either.
        owned: which of the offered things a story calls the teller's own: "with my escape".
        state_of: the state as it is written ("TX"), by a city and the name of a state; where none was told, that of
            a city that needs none; empty where nothing is known.
        which: which of the few offered things is meant: its place; ``None`` where none surely is. Each is given by
            the words of its parts; then come words beside them that say nothing.
    """

    tells: Callable[[str, Collection[str], Collection[str]], bool] = _any_words
    is_no_account: Callable[[str], bool] = _never
    yours: Callable[[str], str] = _as_it_is
    second_person: Callable[[str], str] = _as_it_is
    plain_clauses: Callable[[str], list[str]] = _one_clause
    names_another: Callable[[str], bool] = _never
    wants_a_new_one: Callable[[str], bool] = _never
    has_reported: Callable[[str], bool] = _never
    only_asks: Callable[[str], bool] = _never
    means_the_old_one: Callable[[str], bool] = _never
    comes_back: Callable[[str], bool] = _never
    takes_back: Callable[[str], bool] = _always
    names_a_night: Callable[[str], bool] = _never
    without_answer: Callable[[str], str] = _as_it_is
    people: Callable[[str], Reading] = _people_of
    place_in: Callable[[str], dict[str, str]] = _no_place
    state_of: Callable[[str, str], str] = _as_told
    companions: Callable[[str], list[dict[str, str]]] = _nobody
    span: Callable[[str], tuple[str, str] | None] = _no_span
    owned: Callable[[str, Sequence[tuple[str, ...]]], int | None] = _not_owned
    which: Callable[[str, Sequence[tuple[str, ...]], Collection[str]], int | None] = _none_of
