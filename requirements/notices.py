"""Writes what the image holds of others: a CycloneDX list for programs, and notices for people.

Taken from ``server.lock`` for the image's system, from what the installed packages say of themselves, and from the lock
of the console, whose bundle holds others' work, too (their licenses: ``backend/console/LICENSES.txt``). The same lock
gives the same files: there is no date and no serial number in them. Hashes of the packages stand in the lock.

    python requirements/notices.py [--check]
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.markers import default_environment
from whole import ROOT, read_lock

__all__ = ["NOTICES", "SBOM", "Part", "main", "notices", "parts", "sbom"]

SBOM = ROOT / "requirements" / "sbom.cdx.json"
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
_CONSOLE = ROOT / "backend" / "console" / "package-lock.json"
_IMAGE: Mapping[str, str] = {
    "extra": "",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "os_name": "posix",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.15",
}
_CLASSIFIED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What classifiers say, as SPDX writes it."""
_FREE = {
    "Apache 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "ISC License": "ISC",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
}
"""What packages write in words of their own."""
_OF_THEIR_OWN = {
    "azure-cognitiveservices-speech": "Microsoft Software License Terms, Azure AI Speech SDK",
    "isodate": "BSD-3-Clause",
}
"""Packages whose metadata name no license that can be read, looked up by hand on 2026-11-26."""
_HEAD = """\
# Third-party notices

The image of the server holds these packages besides Ringmaster itself, Debian and Python. Their license texts are in
the image, in `/usr/local/lib/python3.11/site-packages/NAME-VERSION.dist-info`. Written by `make notices` from
`requirements/server.lock`; do not edit. Those of npm are in the console's bundle; `backend/console/LICENSES.txt` has
their license texts. For programs: `requirements/sbom.cdx.json` (CycloneDX).

The Speech SDK is no free software: its terms are Microsoft's. `psycopg` and `soxr` are LGPL; they are separate packages
and may be replaced by others of the same name.

| package | version | license | home |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One package of the image."""

    name: str
    version: str
    license: str
    home: str
    notice: str
    """Text that has to be passed on with it (Apache-2.0, 4d)."""
    registry: str = "pypi"


def bundled() -> Iterator[Part]:
    """What the console's bundle holds of others; what only makes the bundle is not in it."""
    for place, about in sorted(json.loads(_CONSOLE.read_text("utf-8"))["packages"].items()):
        if place and not about.get("dev"):
            name = place.removeprefix("node_modules/")
            yield Part(name, about["version"], about["license"], f"https://www.npmjs.com/package/{name}", "", "npm")


def parts(lock: str) -> Iterator[Part]:
    """The packages that a lock puts into the image, by name.

    Raises:
        SystemExit: one of them is not installed in this environment, or tells no license.
    """
    environment = {name: str(value) for name, value in {**default_environment(), **_IMAGE}.items()}
    locked = read_lock("server", lock)
    for name in sorted(locked.pins):
        version = locked.pinned(name, environment)
        if version is None:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed; `make test` installs it")
        yield Part(name, version, _license(name, found), _home(found), _notice(found))


def _license(name: str, found: Distribution) -> str:
    if name in _OF_THEIR_OWN:
        return _OF_THEIR_OWN[name]
    metadata: Any = found.metadata
    said = [metadata.get("License-Expression"), *(metadata.get("License") or "").splitlines()[:1]]
    for text in filter(None, said):
        try:
            return str(canonicalize_license_expression(_FREE.get(text.strip(), text.strip())))
        except InvalidLicenseExpression:
            continue
    classified = [one.split(" :: ")[-1] for one in metadata.get_all("Classifier") or () if one.startswith("License")]
    known = sorted({_CLASSIFIED[one] for one in classified if one in _CLASSIFIED})
    if not known:
        sys.exit(f"{name}: no license can be read from its metadata; look it up and add it to {Path(__file__).name}")
    return " OR ".join(known)


def _home(found: Distribution) -> str:
    metadata: Any = found.metadata
    named = dict(one.split(", ", 1) for one in metadata.get_all("Project-URL") or () if ", " in one)
    by_name = {name.lower(): url for name, url in named.items()}
    for name in ("homepage", "source", "repository", "source code", "github"):
        if name in by_name:
            return by_name[name]
    return str(metadata.get("Home-page") or "")


def _notice(found: Distribution) -> str:
    for file in found.files or ():
        if file.name.upper().startswith("NOTICE") and ".dist-info" in file.parts[0]:
            return Path(str(found.locate_file(file))).read_text("utf-8", "replace").strip()
    return ""


def sbom(found: Sequence[Part]) -> str:
    """The list for programs."""
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "ringmaster", "name": "ringmaster"}},
        "components": [_component(part) for part in found],
        "dependencies": [{"ref": "ringmaster", "dependsOn": [_purl(part) for part in found]}],
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _component(part: Part) -> Mapping[str, Any]:
    spdx = " " in part.license and not any(word in part.license.split() for word in ("AND", "OR", "WITH"))
    license: Mapping[str, Any] = {"license": {"name": part.license}} if spdx else {"expression": part.license}
    return {
        "type": "library",
        "bom-ref": _purl(part),
        "name": part.name,
        "version": part.version,
        "purl": _purl(part),
        "licenses": [license],
        **({"externalReferences": [{"type": "website", "url": part.home}]} if part.home else {}),
    }


def _purl(part: Part) -> str:
    return f"pkg:{part.registry}/{part.name.replace('@', '%40')}@{part.version}"


def notices(found: Sequence[Part]) -> str:
    """The page for people."""
    rows = [f"| {one.name} | {one.version} | {one.license} | {f'<{one.home}>' if one.home else ''} |" for one in found]
    told = [f"\n## {one.name}\n\n```\n{one.notice}\n```\n" for one in found if one.notice]
    return _HEAD + "\n".join(rows) + "\n" + "".join(told)


def main(arguments: Sequence[str]) -> int:
    """Write both files, or with ``--check`` say whether they are up to date."""
    found = [*parts((ROOT / "requirements" / "server.lock").read_text("utf-8")), *bundled()]
    wanted = {SBOM: sbom(found), NOTICES: notices(found)}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(ROOT)} does not tell what server.lock holds; run `make notices`")
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path], "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    print(f"ok: {len(found)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
