"""Do the records of a suite have what the identities of its line compare? Else nobody in it could be verified."""

from backend.adapters.files.record_file import read_record_file
from backend.agents.store import AgentStore
from backend.domain.book_spec import FileBookSpec
from backend.errors import ConfigError
from backend.rehearsal.suite import Suite

__all__ = ["check_records"]


def check_records(suite: Suite, store: AgentStore) -> None:
    """Look through the file of records that a suite names.

    Args:
        suite: its conversations call one line; what stands in other lines is not looked at.
        store: the agents and identities.

    Raises:
        ConfigError: no record has a field that a part of an identity is compared with.
    """
    line = store.lines.get(suite.spec.line)
    if suite.policies is None or line is None:
        return
    tools = {use.name for name in line.agents if name in store.agents for use in store.agents[name].uses()}
    for identity in store.identities.values():
        book = store.books.get(identity.book)
        if identity.tool_name not in tools or book is None or not isinstance(book.spec, FileBookSpec):
            continue
        records = read_record_file(suite.policies, "policies", identity.id).records
        there = {field for record in records for field in record}
        for part in identity.parts:
            if records and part.of_record not in there:
                raise ConfigError(
                    f"{suite.policies}: no record has {part.of_record!r}, which the identity {identity.name} compares "
                    f"its part {part.name} with; there are: {', '.join(sorted(there))}. Say it with field: at the part."
                )
