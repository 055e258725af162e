"""The certificate as a page to print and file: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import jinja2

from boardpack.audit.verification.certificate import NOT_STATED, Certificate
from boardpack.audit.verification.certificate_words import (
    conclusion,
    coverage,
    exceptions,
    method,
    not_done,
)
from boardpack.core.home import CHECKOUT

TEMPLATES = CHECKOUT / "templates" / "audit"
PAGE = "certificate.html"
MOST = 200
"""As many findings are printed; the JSON has all."""


def certificate_page(certificate: Certificate) -> str:
    """The certificate as HTML; all text from files is escaped."""
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["pounds"] = _pounds
    pages.filters["number"] = lambda value: f"{value:,}"
    account, steps = certificate.account, certificate.steps
    said, *more = conclusion(steps, account)
    return pages.get_template(f"{PAGE}.j2").render(
        paper=_paper(certificate),
        facts=_facts(certificate),
        differs=bool(certificate.findings),
        said=said,
        more=more,
        steps=[(step, method(step), coverage(step, account)) for step in steps],
        account=account,
        exceptions=exceptions(account),
        not_done=list(not_done(steps)),
        findings=certificate.findings[:MOST],
        left=max(0, len(certificate.findings) - MOST),
        environment=", ".join(f"{k} {v}" for k, v in certificate.environment.items()),
    )


def _paper(certificate: Certificate) -> str:
    told = certificate.paper
    place = str(told.get("place", "?")).replace("_", " ").capitalize()
    return f"{place}, {told.get('financial_year', '?')} Month {told.get('month', '?')}"


def _facts(certificate: Certificate) -> Mapping[str, Any]:
    """What stands at the head of the page, in order; what there is none of is left out."""
    engaged, told, bundle = certificate.engagement, certificate.paper, certificate.bundle
    facts = {
        "Paper": _paper(certificate),
        "Status": f"{told.get('status', '?')}, version {certificate.version}",
        "Data cut": told.get("data_cut", "?"),
        "Seal": certificate.manifest.get("seal", "none"),
        "Bundle": f"{bundle['name']}, SHA-256 {bundle['sha256']}" if bundle else "",
        "Verified by": engaged.by or NOT_STATED,
        "Verified for": engaged.on_behalf_of or NOT_STATED,
        "Verified at": f"{certificate.time:%d %B %Y, %H:%M:%S} UTC",
        "Program": f"boardpack {certificate.environment.get('boardpack', '?')},"
        f" SHA-256 of its code {engaged.program or NOT_STATED}",
        "Command": engaged.command,
    }
    return {name: value for name, value in facts.items() if value}


def _pounds(value: Decimal) -> str:
    """An amount as it is, whole pounds and pence: an overspend in brackets."""
    text = f"£{abs(value):,.2f}"
    return f"({text})" if value < 0 else text
