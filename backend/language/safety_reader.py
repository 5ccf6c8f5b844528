"""Reads whether anybody is hurt, and whether they are in a safe place: clause by clause, in the words of a language.

One who is hurt counts, whoever is not. What is in doubt says nothing, so that it is asked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.language.safety import Safety
from backend.language.shut_in import ShutIn

__all__ = ["SafetyReader", "SafetyWords"]

_NEVER = re.compile(r"(?!)")


def _tells_of_none(_text: str) -> bool:
    return False


_NOBODY_OUT = ShutIn(_NEVER, _NEVER, _NEVER, _NEVER, _NEVER, _NEVER)


@dataclass(frozen=True, slots=True)
class SafetyWords:
    """What one language says of people after an accident; all patterns are for the plain spelling.

    Args:
        plain: the whole of the words in the plain spelling.
        clauses: the same, clause by clause.
        hurt: that somebody is hurt.
        urgent: that somebody needs help now.
        helpless: the same, with a "not" of its own: "can't breathe".
        despairs: do the words, as they were said, tell of somebody who may harm themselves?
        presses: do they tell of somebody who needs help this very moment?
        perished: is it told that somebody died, though not that it is of this moment? One clause.
        denies: the words that deny what follows them in a clause.
        well: that somebody is fine.
        not_well: before such words, takes them back.
        well_answer: a whole answer that says so.
        everybody: who is meant by it are all.
        nobody: a whole answer, or a clause, that leaves nobody who is hurt.
        nobody_hurt: in a last clause, that nobody is, whatever was told of somebody before it.
        none_of_us: a clause that leaves the speakers out: "not me".
        unharmed: that people came to no harm, without a word for being hurt.
        empty: nobody was there.
        all_but: all but one: "nobody but my wife".
        who: a whole answer that names who is hurt, or where.
        unsure: that they think that nobody is hurt, and do not know it.
        of_an_animal: a clause that speaks of an animal.
        of_others: a clause that speaks of somebody else.
        of_people: a clause that speaks of people, whatever else it names.
        cared: that somebody was treated.
        minor: that it is not much.
        safe: a safe place.
        unsafe: none.
        driving: that they drive while they speak.
        leading_no: a no to the question before something that says more.
        denies_itself: a clause whose first "no" belongs to it.
        yes_no: both questions answered in their order: "no, and yes".
        only_an_animal: the end of words by which nobody but an animal was hurt.
        third: a clause that speaks of somebody else, who may be well after all.
        long_ago: a clause that tells of what was on another day and is over, so that nobody needs help for it now.
        goes_on: in the whole of the words, that it is not over after all.
        got_out: who was held fast, and is out by now.
        elsewhere: they were somewhere else than in what was hit.
        led_by_no: the words, as they were said, begin with a no of its own.
    """

    plain: Callable[[str], str]
    clauses: Callable[[str], Sequence[str]]
    hurt: re.Pattern[str]
    urgent: re.Pattern[str]
    helpless: re.Pattern[str]
    despairs: Callable[[str], bool]
    presses: Callable[[str], bool]
    denies: re.Pattern[str]
    well: re.Pattern[str]
    not_well: re.Pattern[str]
    well_answer: re.Pattern[str]
    everybody: re.Pattern[str]
    nobody: re.Pattern[str]
    none_of_us: re.Pattern[str]
    nobody_hurt: re.Pattern[str]
    unharmed: tuple[re.Pattern[str], ...]
    empty: re.Pattern[str]
    all_but: re.Pattern[str]
    who: re.Pattern[str]
    unsure: re.Pattern[str]
    of_an_animal: re.Pattern[str]
    of_others: re.Pattern[str]
    of_people: re.Pattern[str]
    cared: re.Pattern[str]
    minor: re.Pattern[str]
    safe: re.Pattern[str]
    unsafe: re.Pattern[str]
    driving: re.Pattern[str]
    leading_no: re.Pattern[str]
    yes_no: re.Pattern[str]
    denies_itself: re.Pattern[str] = _NEVER
    only_an_animal: re.Pattern[str] = _NEVER
    third: re.Pattern[str] = _NEVER
    long_ago: re.Pattern[str] = _NEVER
    goes_on: re.Pattern[str] = _NEVER
    got_out: ShutIn = _NOBODY_OUT
    elsewhere: re.Pattern[str] = _NEVER
    led_by_no: re.Pattern[str] = _NEVER
    perished: Callable[[str], bool] = _tells_of_none


@dataclass(frozen=True, slots=True)
class SafetyReader:
    """The rule, the same in every language."""

    words: SafetyWords

    def read(self, text: str, asked: bool = True) -> Safety:
        """What ``text`` says of people who are hurt and of where the caller is.

        Args:
            text: the caller's words.
            asked: do they answer the question? Unasked, only what speaks of everybody says that nobody is hurt.
        """
        words = self.words
        whole, told = words.plain(text), [self._without_no(clause) for clause in words.clauses(text)]
        clauses = self._of_people(told)
        hurt = [clause for clause in clauses if words.hurt.search(clause) and not self._negated(clause, words.hurt)]
        pressing = words.despairs(text) or words.presses(text) or (asked and any(map(words.perished, clauses)))
        urgent = pressing or any(self._is_urgent(clause, whole) for clause in clauses)
        cared = any(words.cared.search(clause) and not words.denies.search(clause) for clause in clauses)
        harmed = bool(hurt) or urgent or (cared and not self._negated(whole, words.cared))
        animal = len(clauses) < len(told)
        elsewhere = words.elsewhere.search(whole) is not None
        unharmed = None if harmed else self._unharmed(clauses, whole, asked=asked, animal=animal)
        if unharmed is None and asked and elsewhere and words.led_by_no.match(text.lower()):
            unharmed = False  # "no, we were inside the house"
        contrary = harmed and not urgent and self._denied_after_all(told, whole)
        return Safety(
            injured=None if contrary else True if harmed else unharmed,
            safe=self._safe(clauses, whole),
            urgent=urgent,
            cared_for=cared,
            minor=bool(hurt) and (all(map(words.minor.search, hurt)) or self._got_well(clauses, hurt[-1])),
            unsure=bool(words.unsure.search(whole))
            or (not harmed and (elsewhere or (animal and any(map(self._names_harm, told))))),
            driving=bool(words.driving.search(whole)),
        )

    def _denied_after_all(self, clauses: Sequence[str], whole: str) -> bool:
        """What comes last leaves nobody who is hurt: "my mother broke her hip last month, but nobody got hurt here"."""
        said = [clause for clause in clauses if clause]
        return len(said) > 1 and bool(self.words.nobody_hurt.search(said[-1])) and not self.words.all_but.search(whole)

    def _of_people(self, clauses: Sequence[str]) -> Sequence[str]:
        """Without what is told of an animal: a deer that died hurts nobody. "My son and the dog" are both of people."""
        words = self.words
        if any(map(words.of_others.search, clauses)):
            return clauses
        return [one for one in clauses if not words.of_an_animal.search(one) or words.of_people.search(one)]

    def _names_harm(self, clause: str) -> bool:
        return bool(self.words.hurt.search(clause) or self.words.urgent.search(clause))

    def _without_no(self, clause: str) -> str:
        return clause if self.words.denies_itself.match(clause) else self.words.leading_no.sub("", clause)

    def _unharmed(self, clauses: Sequence[str], whole: str, *, asked: bool, animal: bool) -> bool | None:
        """``False`` where nobody is hurt, ``True`` for somebody who is only named, ``None`` where nothing says."""
        words = self.words
        if animal and (any(map(words.none_of_us.match, clauses)) or words.only_an_animal.search(whole)):
            return False
        if not asked:
            well = any(
                self._negated(clause, words.hurt) or (words.everybody.search(clause) and self._says_well(clause))
                for clause in clauses
            )
            return bool(words.all_but.search(whole)) if well else None
        if words.who.match(whole) or words.all_but.search(whole):
            return True
        well = any(self._negated(clause, words.hurt) or self._says_well(clause) for clause in clauses)
        unharmed = any(found.search(whole) for found in (*words.unharmed, words.empty))
        if well or unharmed or words.well_answer.match(whole) or any(map(words.nobody.match, [whole, *clauses])):
            return False
        return False if words.yes_no.match(whole) else None

    def _got_well(self, clauses: Sequence[str], hurt: str) -> bool:
        """ "She bumped her head, but she's okay": the same person, well after all."""
        later = clauses[clauses.index(hurt) + 1 :]
        return any(self.words.third.match(clause) and self._says_well(clause) for clause in later)

    def _says_well(self, clause: str) -> bool:
        found = self.words.well.search(clause)
        return found is not None and not self.words.not_well.search(clause[: found.start()])

    def _safe(self, clauses: Sequence[str], whole: str) -> bool | None:
        words = self.words
        if any(map(words.unsafe.search, clauses)):
            return False
        here = any(words.safe.search(clause) and not words.denies.search(clause) for clause in clauses)
        return True if here or words.empty.search(whole) or words.yes_no.match(whole) else None

    def _is_urgent(self, clause: str, whole: str) -> bool:
        if self.words.helpless.search(clause):
            return True
        if self.words.long_ago.search(clause) and not self.words.goes_on.search(whole):
            return False
        urgent = self.words.urgent
        if self.words.got_out.is_over(clause, whole, urgent):
            return False
        return bool(urgent.search(clause)) and not self._negated(clause, urgent)

    def _negated(self, clause: str, pattern: re.Pattern[str]) -> bool:
        """Does the clause speak of it only to deny it?"""
        found = pattern.search(clause)
        return found is not None and bool(self.words.denies.search(clause[: found.start()]))
