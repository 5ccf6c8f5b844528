"""What operations see of the store: its files, edits, faults and versions."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from backend.agents.edit import EditOutcome
from backend.agents.files import fingerprint
from backend.agents.status import StoreStatus
from backend.domain.revision import Revision

__all__ = [
    "ChangeFiles",
    "DraftView",
    "EditView",
    "FileView",
    "RejectedView",
    "RevisionView",
    "RollBack",
    "StatusView",
    "StoreView",
    "WholeRevisionView",
]


class FileView(BaseModel):
    """One file of the live version."""

    name: str = Field(examples=["agents/auth.yaml"])
    etag: str = Field(description="What If-Match wants.")

    @classmethod
    def of(cls, name: str, text: str) -> "FileView":
        """From its text."""
        return cls(name=name, etag=f'"{fingerprint(text)}"')


class DraftView(BaseModel):
    """A version that can be tried and is not live."""

    version: str = Field(description="What a softphone's `hello` names.")
    lines: list[str] = Field(description="Names of its lines.")
    warnings: list[str] = Field(description="What is better put right in it.")


class RejectedView(BaseModel):
    """A version that did not pass the check."""

    at: datetime
    origin: str = Field(description="disk, or the version that other workers have live.")
    problems: list[str] = Field(description="As `ringmaster check` prints them.")


class StatusView(BaseModel):
    """How it stands with the store."""

    version: str = Field(description="What new calls get.")
    since: datetime
    actor: str = Field(description="Who put it live.")
    disk: str = Field(description="The version that this worker's folders hold.")
    rejected: RejectedView | None = Field(description="An edit that waits to be put right.")
    note: str = Field(description="One sentence where workers and records do not agree.")
    warnings: list[str] = Field(description="What is better put right in the live version.")
    outdated: bool = Field(
        description="Is it live only because it was before an upgrade? See `ringmaster store upgrade`."
    )

    seed: str = Field(default="", description="One sentence where the image brings another store; the live one stays.")

    @classmethod
    def of(cls, status: StoreStatus) -> "StatusView":
        """From the live store."""
        came = status.rejected
        rejected = came and RejectedView(at=came.at, origin=came.origin, problems=list(came.problems))
        return cls(
            version=status.version,
            since=status.since,
            actor=status.actor,
            disk=status.disk,
            rejected=rejected,
            note=status.note,
            warnings=list(status.warnings),
            outdated=status.outdated,
            seed=status.seed,
        )


class StoreView(StatusView):
    """The store and its files."""

    files: list[FileView]


class EditView(BaseModel):
    """What an edit makes, or has made, of the store."""

    version: str
    previous: str
    live: bool = Field(description="False where it was only checked.")
    changed: list[str]
    diff: str = Field(description="Unified diff against the version before.")
    warnings: list[str] = Field(description="What is better put right in it.")

    @classmethod
    def of(cls, outcome: EditOutcome, *, check: bool) -> "EditView":
        """From the outcome."""
        return cls(
            version=outcome.store.version,
            previous=outcome.previous,
            live=not check,
            changed=list(outcome.changed),
            diff=outcome.diff,
            warnings=[str(warning) for warning in outcome.store.warnings],
        )


class RevisionView(BaseModel):
    """A version that was live once."""

    version: str
    at: datetime = Field(description="When it first went live.")
    actor: str
    live: bool = Field(description="Is it live now?")

    @classmethod
    def of(cls, revision: Revision, live: str) -> "RevisionView":
        """From the record."""
        return cls(version=revision.version, at=revision.at, actor=revision.actor, live=revision.version == live)


class WholeRevisionView(RevisionView):
    """A version with everything in it."""

    files: dict[str, str]
    diff: str = Field(description="What would change if it went live now.")


class ChangeFiles(BaseModel):
    """Several files that change together."""

    model_config = ConfigDict(extra="forbid")

    files: dict[str, str | None] = Field(
        min_length=1,
        max_length=500,
        description="New texts by name; null takes a file away.",
        examples=[{"prompts/auth.jinja": "You are ..."}],
    )


class RollBack(BaseModel):
    """An earlier version to go back to."""

    model_config = ConfigDict(extra="forbid")

    version: str = Field(examples=["3f0c1d2e4b5a"])
