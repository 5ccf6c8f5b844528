"""An utterance: the clauses of one answer on the playout's time line, and what of them was heard."""

from backend.engine.speaking.clause_audio import ClauseAudio

__all__ = ["Utterance"]


class Utterance:
    """What is said in an answer, in the order in which it is heard. Positions are the playout's, in milliseconds."""

    def __init__(self) -> None:
        self._clauses: list[ClauseAudio] = []

    @property
    def _own(self) -> list[ClauseAudio]:
        return [clause for clause in self._clauses if not clause.filler]

    def add(self, clause: ClauseAudio) -> None:
        """One more clause."""
        self._clauses.append(clause)

    def put_before_unheard(self, clause: ClauseAudio) -> None:
        """A clause that is heard now, before all that does not sound yet."""
        at = next((index for index, c in enumerate(self._clauses) if c.start_ms < 0), len(self._clauses))
        self._clauses.insert(at, clause)

    @property
    def has_words(self) -> bool:
        """Is there anything but fillers?"""
        return bool(self._own)

    @property
    def text(self) -> str:
        """What it says, fillers aside, clause by clause."""
        return " ".join(clause.text for clause in self._own)

    @property
    def began_ms(self) -> float | None:
        """Position at which it began to sound; ``None`` if it has not."""
        return next((c.began_ms for c in self._clauses if c.began_ms >= 0), None)

    @property
    def end_ms(self) -> float | None:
        """Position of the end of its last clause, -1 until that is known; ``None`` where there is none."""
        return self._clauses[-1].end_ms if self._clauses else None

    @property
    def sounds(self) -> bool:
        """Has anything but fillers begun to sound?"""
        return any(clause.began_ms >= 0 for clause in self._own)

    @property
    def all_sound(self) -> bool:
        """Has everything but fillers begun to sound?"""
        return all(clause.start_ms >= 0 for clause in self._own)

    @property
    def next_unheard(self) -> ClauseAudio | None:
        """The first clause that does not sound yet."""
        return next((clause for clause in self._clauses if clause.start_ms < 0), None)

    def pause_after(self, position_ms: float) -> float | None:
        """Position at which the clause ends that is being heard; ``None`` when it is not known yet."""
        return next((c.end_ms for c in self._clauses if c.start_ms <= position_ms < c.end_ms), None)

    def between(self, from_ms: float, to_ms: float) -> str:
        """What a caller heard of it between two positions, fillers included, to the word."""
        parts: list[str] = []
        for clause in self._clauses:
            if 0 <= clause.end_ms <= from_ms:
                continue  # they had heard all of it before
            before, heard = clause.heard(from_ms), clause.heard(to_ms)
            parts.append(heard[len(before) :])
        return " ".join(part.strip() for part in parts if part.strip())

    def unheard(self, position_ms: float) -> int:
        """Length of the end of ``text`` that has not been heard by who has listened up to ``position_ms``."""
        missing = [len(c.text) - len(c.heard(position_ms)) for c in self._own]
        return sum(missing) + sum(1 for count in missing[1:] if count)

    def settle(self, position_ms: float, *, interrupted: bool) -> None:
        """Write into each passage what of it was heard, given how far the caller listened."""
        for passage in {id(c.passage): c.passage for c in self._clauses}.values():
            parts = [(c.heard(position_ms), c.text) for c in self._clauses if c.passage is passage]
            passage.heard = " ".join(heard for heard, _ in parts if heard)
            passage.interrupted = interrupted and any(heard != text for heard, text in parts)
