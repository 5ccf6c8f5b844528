"""Makes, exchanges and ends keys of the API."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from backend.api.fixed_key import API_KEY
from backend.domain.api_key import ApiKey, KeyRights, NewKey, make_key
from backend.domain.principal import ROLES, Role, is_role
from backend.errors import KeyRefused
from backend.ports import KeyBook

__all__ = ["KeyDesk", "rights_of"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DESTINATION = re.compile(r"\+[1-9][0-9]{0,14}")
_LONGEST = timedelta(days=3650)
_OF_THE_SETTINGS = API_KEY.name.casefold()


def rights_of(
    role: str, lines: Collection[str] | None = None, destinations: Sequence[str] = (), *, known: Collection[str] = ()
) -> KeyRights:
    """What the holder of a key may do, from words.

    Args:
        role: one of the four.
        lines: the lines that it is limited to; ``None`` for all.
        destinations: beginnings of numbers, such as +1312.
        known: the lines that there are; where some are given, others are refused.

    Raises:
        KeyRefused: naming what is wrong.
    """
    if not is_role(role):
        raise KeyRefused(f"role: expected {', '.join(ROLES)}, got {role[:40]!r}")
    strangers = sorted(set(lines or ()) - set(known)) if known else []
    if strangers:
        raise KeyRefused(f"lines: there is no line {strangers[0][:64]!r}; there are: {', '.join(sorted(known))}")
    wrong = [one for one in destinations if not _DESTINATION.fullmatch(one)]
    if wrong:
        raise KeyRefused(f"destinations: expected beginnings of numbers such as +1312, got {wrong[0][:40]!r}")
    return KeyRights(frozenset[Role]({role}), None if lines is None else frozenset(lines), tuple(destinations))


class KeyDesk:
    """What an administrator does with keys.

    Args:
        book: where keys are kept.
        changed: told when something has changed, so that it holds at once.
    """

    def __init__(self, book: KeyBook, changed: Callable[[], None] = lambda: None) -> None:
        self._book = book
        self._changed = changed

    async def list(self) -> Sequence[ApiKey]:
        """Every key, the newest first; those that have ended, too."""
        return await self._book.list()

    async def add(self, name: str, rights: KeyRights, *, by: str, days: int | None = None) -> NewKey:
        """A new key; its token is in the answer and nowhere else.

        Raises:
            KeyRefused: the name cannot be one, or there is a live key of it.
        """
        if not _NAME.fullmatch(name):
            raise KeyRefused("name: expected letters, digits, dots, dashes, 64 at most")
        if name.casefold() == _OF_THE_SETTINGS:
            raise KeyRefused(f"name: {name} is what the audit log calls the key of the settings; choose another one")
        now = datetime.now(UTC)
        if any(key.name == name and key.lives(now) for key in await self._book.list()):
            raise KeyRefused(f"a valid key {name} exists already; rotate it, or revoke it first")
        return await self._keep(make_key(name, rights, by=by, now=now, ends_at=_end(now, days)))

    async def rotate(self, name: str, *, by: str, overlap: timedelta, days: int | None = None) -> NewKey:
        """A second key of the same name and rights; the first ends after ``overlap``.

        Raises:
            KeyRefused: there is no valid key of this name, or two already.
        """
        now = datetime.now(UTC)
        live = [key for key in await self._book.list() if key.name == name and key.lives(now)]
        if not live:
            raise KeyRefused(f"there is no valid key {name[:64]!r}")
        made = await self._keep(make_key(name, live[0].rights, by=by, now=now, ends_at=_end(now, days)))
        for key in live:
            await self._book.end(key.id, now + overlap)
        self._changed()
        return made

    async def revoke(self, name: str, identifier: str | None = None) -> Sequence[ApiKey]:
        """End every live key of a name now, or the one of them with this id.

        Raises:
            KeyRefused: there is none.
        """
        now = datetime.now(UTC)
        live = [key for key in await self._book.list() if key.name == name and key.lives(now)]
        found = [key for key in live if identifier in (None, key.id)]
        if not found:
            raise KeyRefused(f"there is no valid key {name[:64]!r}" + (" with this id" if live else ""))
        ended = [await self._book.end(key.id, now) for key in found]
        self._changed()
        return [key for key in ended if key is not None]

    async def _keep(self, made: NewKey) -> NewKey:
        await self._book.add(made.key)
        self._changed()
        return made


def _end(now: datetime, days: int | None) -> datetime | None:
    if days is None:
        return None
    return now + min(timedelta(days=days), _LONGEST)
