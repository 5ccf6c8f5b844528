"""Keeps those who are limited to some lines to them. What is of another line is not there for them."""

from backend.api.services import ApiServices
from backend.api.views import PlaceCall
from backend.domain.call import CallRecord, WayOut
from backend.domain.prices import PriceList
from backend.domain.principal import Principal
from backend.errors import CallNotFound, Forbidden

__all__ = [
    "call_seen",
    "chosen_line",
    "prices_for",
    "require_call",
    "require_case",
    "require_chat",
    "require_destination",
    "require_line",
    "way_for",
]


def prices_for(found: ApiServices, person: Principal) -> PriceList | None:
    """The price list, where they may see what things cost: operators may. Amounts may be seen by all."""
    return found.prices if person.may("operator") else None


async def call_seen(found: ApiServices, person: Principal, call_id: str) -> CallRecord:
    """A call, live or past, that they may see.

    Raises:
        CallNotFound: there is none, or it is of a line that they do not see.
    """
    live = next((call for call in found.desk.live() if call.call_id == call_id), None)
    call = live or await found.records.get(call_id)
    if call is None or not person.sees(call.line):
        raise CallNotFound(f"no call {call_id}")
    return call


async def require_call(found: ApiServices, person: Principal, call_id: str) -> None:
    """May they do something to this call? Those who see all lines are not looked at any further.

    Raises:
        CallNotFound: it is not theirs, or there is none.
    """
    if person.lines is not None:
        await call_seen(found, person, call_id)


async def require_chat(found: ApiServices, person: Principal, session: str) -> None:
    """May they go on with this chat? Its id is a secret of whoever began it, so a record that is not there yet is fine.

    Raises:
        CallNotFound: it is of a line that they do not see.
    """
    if person.lines is not None:
        chat = await found.records.get(session)
        if chat is not None and not person.sees(chat.line):
            raise CallNotFound(f"no chat {session[:64]}")


async def require_case(found: ApiServices, person: Principal, number: str) -> None:
    """May they see this case? It is of the line of its call.

    Raises:
        CallNotFound: they may not, or there is none.
    """
    if person.lines is None:
        return
    case = await found.case_search.find(number)
    if case is None or not person.sees(case.line):
        raise CallNotFound(f"no case {number}")


def require_line(person: Principal, line: str) -> None:
    """Is this line one of theirs?

    Raises:
        Forbidden: it is not.
    """
    if not person.sees(line):
        raise Forbidden(f"your key is limited to the lines {', '.join(sorted(person.lines or ()))}")


def chosen_line(found: ApiServices, person: Principal, line: str | None, number: str | None = None) -> str | None:
    """The line that they mean: the one they name, by itself or by its number; their only one where they name none.

    Those who see all lines may leave it open, as before. Unknown names are left to the desk, which says so.

    Raises:
        Forbidden: it is not theirs, or they have several and name none.
    """
    if person.lines is None:
        return line
    if line is None and number is not None:
        line = next((one.name for one in found.store.lines() if number in one.numbers), None)
    if line is None and len(person.lines) == 1:
        (line,) = person.lines
    if line is None:
        raise Forbidden("name the line: your key is limited to some")
    require_line(person, line)
    return line


def require_destination(person: Principal, number: str) -> None:
    """May they have this number called? What the line allows is asked of the line, besides.

    Raises:
        Forbidden: their list of destinations does not have it.
    """
    if person.destinations and not number.startswith(person.destinations):
        raise Forbidden("this number is not among the destinations of your key")


def way_for(found: ApiServices, person: Principal, wanted: PlaceCall, line: str | None) -> WayOut:
    """By which way a call is to be placed.

    Raises:
        Forbidden: somebody who is limited to some lines names a trunk that is not theirs.
    """
    lines = found.store.lines()
    placing = next((one.placing for one in lines if line in (None, one.name)), None)
    if person.lines is not None and wanted.trunk and (placing is None or wanted.trunk != placing.trunk):
        raise Forbidden("this trunk does not belong to the line, and your key is limited to some lines")
    return wanted.out(placing.via if placing else "acs")
