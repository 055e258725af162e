"""The certificate of a verification, fit for an audit file: who, for whom, when, how, on what.

It says what was done and what was not, over which population, and what was found; and, apart from
that, what the paper itself reports as open. It is the one thing that bears the time of its making;
everything else repeats.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from boardpack.audit.verification.certificate_words import (
    conclusion,
    counted,
    coverage,
    exceptions,
    method,
    not_done,
)
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.paper_account import Account
from boardpack.core.home import CHECKOUT
from boardpack.core.money import plain
from boardpack.render.manifest import code_places, hashes

SCHEMA = "boardpack/certificate/2"
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
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Engagement:
    """Who verified, for whom, and by which command; `program` is the hash over its own code."""

    by: str = ""
    on_behalf_of: str = ""
    command: str = ""
    program: str = ""


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
    account: Account
    bundle: Mapping[str, str] | None = None
    engagement: Engagement = field(default_factory=Engagement)

    @property
    def is_complete(self) -> bool:
        """Whether everything was done; else the verification is partial, and the notes say why."""
        return all(step.complete for step in self.steps)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the steps."""
        return tuple(finding for step in self.steps for finding in step.findings)

    @property
    def paper(self) -> Mapping[str, Any]:
        """What the manifest says of the paper: place, month, status, version."""
        found = self.manifest.get("paper")
        return found if isinstance(found, dict) else {}

    @property
    def version(self) -> str:
        """The number of the paper's version: what replaces none is the first."""
        found = self.paper.get("version")
        return str(found.get("number", "?")) if isinstance(found, dict) else "1"

    def to_json(self) -> dict[str, Any]:
        """The certificate as data; counts are numbers, everything else is text."""
        return {
            "schema": SCHEMA,
            "result": self._result,
            "verified_by": self.engagement.by or NOT_STATED,
            "verified_for": self.engagement.on_behalf_of or NOT_STATED,
            "verified_at": self.time.isoformat(timespec="seconds"),
            "command": self.engagement.command,
            "program": {
                "name": "boardpack",
                "version": self.environment.get("boardpack", ""),
                "sha256_of_code": self.engagement.program,
            },
            "environment": dict(self.environment),
            "bundle": self.bundle,
            "build": self.build,
            "paper": self.manifest.get("paper"),
            "seal": self.manifest.get("seal"),
            "made_with": self.manifest.get("made_with"),
            "population": _population(self.account),
            "exceptions_of_the_paper": _exceptions(self.account),
            "steps": [_step(step, self.account) for step in self.steps],
            "not_done": list(not_done(self.steps)),
            "conclusion": list(conclusion(self.steps, self.account)),
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
    told, engaged = certificate.paper, certificate.engagement
    about = [told.get(name, "?") for name in ("place", "financial_year", "month", "status")]
    yield "Certificate of verification"
    yield "  Paper        {}, {} Month {}, {}, version {}".format(*about, certificate.version)
    yield f"  Seal         {certificate.manifest.get('seal', 'none')}"
    if certificate.bundle is not None:
        yield "  Bundle       {name}, SHA-256 {sha256}".format(**certificate.bundle)
    if engaged.by or engaged.on_behalf_of:
        by, whom = engaged.by or NOT_STATED, engaged.on_behalf_of or NOT_STATED
        yield f"  Verified     by {by}, for {whom}"
    for step in certificate.steps:
        found = (
            counted(len(step.findings), "difference")
            if step.count or step.findings
            else "nothing held"
        )
        yield f"  {step.name:<22}{step.count:>6,} {step.counted}: {found}"
        if step.note:
            yield f"      {step.note}"
        for finding in step.findings:
            yield f"      {_one_line(finding)}"
    if engaged.program:
        yield f"  Program      boardpack, its code {engaged.program}"
    yield "  Environment  " + ", ".join(f"{k} {v}" for k, v in certificate.environment.items())
    yield f"  Verified at  {certificate.time:%d %B %Y %H:%M:%S} UTC"
    yield f"  {exceptions(certificate.account)}"
    partly = "" if certificate.is_complete else ", but partial: what was not done is said above"
    yield f"Result: {counted(len(certificate.findings), 'difference')}{partly}."


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


def program_hash() -> str:
    """The SHA-256 over the names and hashes of all code of the program that verifies."""
    found = hashes(CHECKOUT, code_places(CHECKOUT))
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def _population(account: Account) -> dict[str, Any]:
    return {
        "counts": dict(account.population),
        "pounds_gross": plain(account.gross),
        "pounds_gross_read_from_cells": plain(account.read),
        "totals": [{**asdict(one), "pounds": plain(one.pounds)} for one in account.totals],
    }


def _exceptions(account: Account) -> dict[str, Any]:
    return {
        "open": account.open,
        "stop_a_release": len(account.stopping),
        "waived": len(account.waived),
        "stopping": [{"id": one.id, "said": one.said} for one in account.stopping],
        "waivers": [asdict(one) for one in account.waived],
    }


def _step(step: Step, account: Account) -> dict[str, Any]:
    covered = coverage(step, account)
    of = None if covered is None else covered[1]
    return {**asdict(step), "method": method(step), "population": of}


def _one_line(finding: Finding) -> str:
    return " ".join(str(finding).split())
