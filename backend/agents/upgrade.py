"""Mends what earlier versions of Ringmaster let pass in a store, and nothing else."""

from dataclasses import dataclass

from backend.agents.check import Checked
from backend.agents.files import StoreFiles
from backend.agents.outdated import outdated_line
from backend.agents.yaml_edit import with_key, with_value
from backend.domain.line import LineSpec

__all__ = ["OutdatedLine", "lines_to_mend", "mended"]


@dataclass(frozen=True, slots=True)
class OutdatedLine:
    """One line that has to be mended."""

    file: str
    """Its lasting name: ``lines/insurance.yaml``."""
    spec: LineSpec

    @property
    def needs_zone(self) -> bool:
        """Does somebody have to say in which time zone its callers are?"""
        return not self.spec.timezone

    @property
    def likely_zone(self) -> str:
        """The time zone of its hours; empty where they have none, for nobody can know it then."""
        return self.spec.hours.timezone if self.spec.hours else ""

    @property
    def moves_hours(self) -> bool:
        """Did its hours have no time zone, so that they were taken as those of Chicago?"""
        return self.spec.hours is not None and not self.spec.hours.timezone


def lines_to_mend(checked: Checked, files: StoreFiles) -> list[OutdatedLine]:
    """The lines of a store that need mending, and can be, in the order of their files."""
    return [
        OutdatedLine(checked.sources[f"line:{name}"].file.removeprefix(f"{files.agent_folder}/"), line)
        for name, line in checked.lines.items()
        if any(outdated_line(line)) and f"line:{name}" not in checked.lost
    ]


def mended(text: str, line: LineSpec, zone: str) -> str:
    """A line's YAML with what is missing put in and what is not let pass turned off; comments stay.

    Args:
        text: the file as it was written.
        line: what it says.
        zone: time zone of its callers, where it names none.
    """
    zone = line.timezone or zone
    if not line.timezone:
        named = "timezone" in line.model_fields_set
        text = with_value(text, ("timezone",), zone) if named else with_key(text, (), "timezone", zone, after="entry")
    if line.hours is not None and not line.hours.timezone:
        named = "timezone" in line.hours.model_fields_set
        text = with_value(text, ("hours", "timezone"), zone) if named else with_key(text, ("hours",), "timezone", zone)
    if line.recording.enabled:
        text = with_value(text, ("recording", "enabled"), "false")
    return text
