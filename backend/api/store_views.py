"""What operations see of the store: its files, edits, faults and versions."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from backend.agents.edit import EditOutcome
from backend.agents.files import fingerprint
from backend.agents.status import StoreStatus
from backend.api.faults import StoreFault
from backend.domain.revision import Revision
from backend.domain.store_draft import StoreDraft

__all__ = [
    "ChangeFiles",
    "CheckView",
    "DraftView",
    "DraftedFiles",
    "EditView",
    "FileView",
    "OwnDraftView",
    "RejectedView",
    "RevisionView",
    "RollBack",
    "SomeDraftView",
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
    note: str = Field(default="", description="Why it went live, in the words of who put it live.")
    last_at: datetime | None = Field(default=None, description="When it last went live, where that was again.")
    last_actor: str = Field(default="", description="Who put it live then.")
    last_note: str = Field(default="", description="Why then.")

    @classmethod
    def of(cls, revision: Revision, live: str) -> "RevisionView":
        """From the record."""
        return cls(
            version=revision.version,
            at=revision.at,
            actor=revision.actor,
            live=revision.version == live,
            note=revision.note,
            last_at=revision.last_at,
            last_actor=revision.last_actor,
            last_note=revision.last_note,
        )


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
    note: str = Field(default="", max_length=500, description="Why; it stands in the history.")


class RollBack(BaseModel):
    """An earlier version to go back to."""

    model_config = ConfigDict(extra="forbid")

    version: str = Field(examples=["3f0c1d2e4b5a"])
    note: str = Field(default="", max_length=500, description="Why; it stands in the history.")


class DraftedFiles(BaseModel):
    """What somebody has changed, and from which version."""

    model_config = ConfigDict(extra="forbid")

    base: str = Field(max_length=64, description="The version that it is made from.", examples=["3f0c1d2e4b5a"])
    files: dict[str, str | None] = Field(
        max_length=500,
        description="New texts by name; null takes a file away. What is as in `base` is left out.",
    )


class SomeDraftView(BaseModel):
    """Somebody's draft: who, when and which files."""

    owner: str
    base: str
    at: datetime = Field(description="When it was last changed.")
    names: list[str]

    @classmethod
    def of(cls, draft: StoreDraft) -> "SomeDraftView":
        """From the record."""
        return cls(owner=draft.owner, base=draft.base, at=draft.at, names=sorted(draft.files))


class OwnDraftView(BaseModel):
    """One's own draft, whole."""

    base: str = Field(description="The version that it is made from.")
    at: datetime = Field(description="When it was last changed.")
    files: dict[str, str | None]

    @classmethod
    def of(cls, draft: StoreDraft) -> "OwnDraftView":
        """From the record."""
        return cls(base=draft.base, at=draft.at, files=dict(draft.files))


class CheckView(BaseModel):
    """What the check says of a draft."""

    live: str = Field(description="The version that is live now; another one than `base` asks for a merge.")
    version: str = Field(default="", description="What the store would be; empty where it does not pass.")
    problems: list[StoreFault] = Field(description="What keeps it from going live, by the lasting names of files.")
    warnings: list[StoreFault] = Field(default=[], description="What is better put right in it.")
    lines: list[str] = Field(default=[], description="Names of its lines.")
