"""What may go live and is better put right: days that are over, options without a use, voices that change unsaid."""

from collections.abc import Iterator

from backend.agents.checked import Checked
from backend.agents.hours_check import past_days
from backend.agents.languages import check_languages
from backend.agents.problem import Place, Problem
from backend.agents.spoken_texts import unspoken
from backend.agents.unnamed_choices import unnamed_choices
from backend.agents.unused_options import unused_by_agent, unused_by_line

__all__ = ["check_spoken_texts", "store_warnings"]


def store_warnings(checked: Checked) -> Iterator[Problem]:
    """What is better put right, and keeps nothing from going live."""
    yield from _unannounced_voices(checked)
    yield from _past_days(checked)
    yield from _without_use(checked)


def check_spoken_texts(checked: Checked) -> None:
    """Texts that callers of one of a line's languages would not hear in theirs."""
    told: set[tuple[str, Place]] = set()
    for line in checked.lines.values():
        for one in unspoken(line, checked.agents):
            lost = {key for name in (one.owner, f"line:{line.name}") for key in checked.lost.get(name, ())}
            if (one.owner, one.place) in told or {one.place[0], "languages"} & lost:
                continue
            told.add((one.owner, one.place))
            problem = checked.sources[one.owner].problem(one.place, one.message)
            (checked.problems if one.certain else checked.warnings).append(problem)


def _unannounced_voices(checked: Checked) -> Iterator[Problem]:
    """Hand-offs by which a caller suddenly hears somebody else."""
    for agent in checked.agents.values():
        for index, handoff in enumerate(agent.handoffs):
            other = checked.agents.get(handoff.to)
            if other is None or handoff.announcement or other.voice.name == agent.voice.name:
                continue
            if checked.lost.keys() & {f"agent:{agent.name}", f"agent:{other.name}"}:
                continue  # nobody knows what was meant
            if any(check_languages(one) for one in (agent, other)):
                continue  # the voice itself is wrong, which is told already
            message = (
                f"{handoff.to} has another voice ({other.voice.name}), and nobody says so; give the hand-off an "
                'announcement, such as "My colleague will take your report now.", or both agents the same voice'
            )
            yield checked.sources[f"agent:{agent.name}"].problem(("handoffs", index), message)


def _past_days(checked: Checked) -> Iterator[Problem]:
    """Days in opening hours that are over."""
    for line in checked.lines.values():
        key = f"line:{line.name}"
        for place, message in checked.certain(key, past_days(line)):
            yield checked.sources[key].problem(place, message)


def _without_use(checked: Checked) -> Iterator[Problem]:
    """Options that others beside them leave without a use: they are kept for a change back, so that it is only said.
    So are choices without a name in a caller's language.
    """
    faults = [(f"agent:{agent.name}", unused_by_agent(agent)) for agent in checked.agents.values()]
    faults += [(f"line:{line.name}", unused_by_line(line)) for line in checked.lines.values()]
    faults += [
        (f"form:{form.name}", unnamed_choices(form, checked.agents, checked.lines.values()))
        for form in checked.forms.values()
    ]
    for key, found in faults:
        for place, message in checked.certain(key, found):
            yield checked.sources[key].problem(place, message)
