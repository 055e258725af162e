"""The certificate of a verification: what was done, what was found, where and when.

It is the one thing that bears the time of its making; everything else repeats.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from boardpack.audit.finding import Finding, Step

SCHEMA = "boardpack/certificate/1"
PROGRAMS = (
    "boardpack",
    "cryptography",
    "ipykernel",
    "jupyter-book",
    "nbclient",
    "pandas",
    "papermill",
    "pikepdf",
    "typst",
)


@dataclass(frozen=True)
class Certificate:
    """A finished verification; `manifest` is the build's own account of itself.

    `bundle` is the name and SHA-256 of the zip that was verified; None for a folder.
    """

    build: str
    manifest: Mapping[str, Any]
    steps: tuple[Step, ...]
    environment: Mapping[str, str]
    time: dt.datetime
    bundle: Mapping[str, str] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether everything was done; else the verification is partial, and the notes say why."""
        return all(step.complete for step in self.steps)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the steps."""
        return tuple(finding for step in self.steps for finding in step.findings)

    def to_json(self) -> dict[str, Any]:
        """The certificate as data; counts are numbers, everything else is text."""
        paper = self.manifest.get("paper")
        return {
            "schema": SCHEMA,
            "result": self._result,
            "bundle": self.bundle,
            "build": self.build,
            "paper": paper,
            "seal": self.manifest.get("seal"),
            "made_with": self.manifest.get("made_with"),
            "verified_at": self.time.isoformat(timespec="seconds"),
            "environment": dict(self.environment),
            "steps": [asdict(step) for step in self.steps],
        }

    @property
    def _result(self) -> str:
        said = "differences" if self.findings else "no differences"
        return said if self.is_complete else f"partial, {said}"


def certificate_record(certificate: Certificate) -> str:
    """The certificate as the text of a JSON file."""
    return json.dumps(certificate.to_json(), indent=1, ensure_ascii=False) + "\n"


def certificate_lines(certificate: Certificate) -> Iterator[str]:
    """The certificate to read, each finding in one line."""
    paper = certificate.manifest.get("paper")
    told = paper if isinstance(paper, dict) else {}
    about = [told.get(name, "?") for name in ("place", "financial_year", "month", "status")]
    yield "Certificate of verification"
    yield "  Paper        {}, {} Month {}, {}".format(*about)
    yield f"  Seal         {certificate.manifest.get('seal', 'none')}"
    if certificate.bundle is not None:
        yield "  Bundle       {name}, SHA-256 {sha256}".format(**certificate.bundle)
    for step in certificate.steps:
        found = _counted(len(step.findings)) if step.count or step.findings else "nothing held"
        yield f"  {step.name:<22}{step.count:>6,} {step.counted}: {found}"
        if step.note:
            yield f"      {step.note}"
        for finding in step.findings:
            yield f"      {_one_line(finding)}"
    yield "  Environment  " + ", ".join(f"{k} {v}" for k, v in certificate.environment.items())
    yield f"  Verified at  {certificate.time:%d %B %Y %H:%M:%S} UTC"
    partly = "" if certificate.is_complete else ", but partial: what was not done is said above"
    yield f"Result: {_counted(len(certificate.findings))}{partly}."


def environment() -> dict[str, str]:
    """What the verification ran on: Python, platform, and the programs that took part."""
    found = {
        "python": platform.python_version(),
        "platform": f"{sys.platform}-{platform.machine().lower()}",
    }
    for program in PROGRAMS:
        try:
            found[program] = version(program)
        except PackageNotFoundError:
            found[program] = "not installed"
    return found


def _counted(count: int) -> str:
    if not count:
        return "no differences"
    return "1 difference" if count == 1 else f"{count:,} differences"


def _one_line(finding: Finding) -> str:
    return " ".join(str(finding).split())
