"""Mends what earlier versions of Ringmaster let pass in a store, and nothing else."""

from dataclasses import dataclass

from backend.agents.checked import Checked
from backend.agents.files import StoreFiles
from backend.agents.outdated import is_unguarded, outdated_line, outdated_server, unnamed_host
from backend.agents.yaml_edit import with_key, with_value
from backend.domain.line import LineSpec
from backend.domain.tool_server import AnyServer

__all__ = ["OutdatedLine", "OutdatedServer", "lines_to_mend", "mended", "mended_server", "servers_to_mend"]


@dataclass(frozen=True, slots=True)
class OutdatedLine:
    """One line that has to be mended."""

    file: str
    """Its lasting name: ``lines/main.yaml``."""
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


@dataclass(frozen=True, slots=True)
class OutdatedServer:
    """One tool server that has to be mended."""

    file: str
    """Its lasting name: ``tools/book.yaml``."""
    spec: AnyServer

    @property
    def opened(self) -> tuple[str, ...]:
        """Functions that anybody could have run so far, and of which it will be said that this is meant."""
        return tuple(function.name for function in self.spec.functions if is_unguarded(function))


def servers_to_mend(checked: Checked, files: StoreFiles) -> list[OutdatedServer]:
    """The tool servers of a store that need mending, in the order of their files."""
    return [
        OutdatedServer(checked.sources[f"tool server:{name}"].file.removeprefix(f"{files.agent_folder}/"), server)
        for name, server in checked.servers.items()
        if any(outdated_server(server))
    ]


def mended_server(text: str, server: AnyServer) -> str:
    """A tool server's YAML in which it is said what was so without a word; comments stay."""
    for index, function in enumerate(server.functions):
        if is_unguarded(function):
            place = ("functions", index)
            named = "open" in function.model_fields_set
            text = (
                with_value(text, (*place, "open"), "true")
                if named
                else with_key(text, place, "open", "true", after="effect")
            )
    if host := unnamed_host(server):
        hosts = f'["{host}"]' if ":" in host else f"[{host}]"
        named = "hosts" in server.model_fields_set
        text = with_value(text, ("hosts",), hosts) if named else with_key(text, (), "hosts", hosts)
    return text


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
    return text
