"""The certificate for an audit file: what it says, as data, in lines and as a page to print."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.audit.verification.certificate import (
    Certificate,
    Engagement,
    certificate_lines,
    certificate_record,
    environment,
    program_hash,
)
from boardpack.audit.verification.certificate_page import certificate_page
from boardpack.audit.verification.certificate_words import LIMITS, counted, method
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.paper_account import Account, paper_account
from boardpack.core.home import CHECKOUT
from boardpack.render.manifest import code_places, hashes

FIGURES = [
    ("position.bromley.total.ytd_variance", "-2400000", "GBP", {"cells": [{}, {}]}),
    ("position.bromley.total.ytd_budget", "1000.50", "GBP", {"formula": "a.b.c.d"}),
    ("position.bexley.total.ytd_variance", "7", "GBP", {"formula": "a.b.c.d"}),
    ("chc.bromley.clients.number", "5", "COUNT", {"cells": [{}]}),
    ("chc.bromley.hidden.cost", None, "GBP", {"formula": "a.b.c.d"}),
    ("chc.bromley.broken.cost", "much", "GBP", {"formula": "a.b.c.d"}),
    ("chc.bromley.endless.cost", "NaN", "GBP", "nowhere"),
]
CHECKS = [
    ("cast.a", "fail", "error", "The total <b>does not</b> cast.", None),
    ("cast.b", "fail", "warning", "A pace is odd.", None),
    ("cast.c", "waived", "error", "Published otherwise.", "Agreed with the ledger."),
    ("cast.d", "pass", "error", "", None),
    ("cast.e", "documented", "error", "", None),
]
STEPS = (
    Step("Seals", 3, "files held to their hashes"),
    Step("Figures", 7, "figures performed again"),
    Step("Numbers in PDF", 12, "tagged numbers held to the register"),
    Step("Something new", 4, "things looked at"),
    Step("Outputs", 0, "files made again", note="Not done: nothing is run.", complete=False),
)
MOMENT = dt.datetime(2026, 11, 30, 4, 5, 6, tzinfo=dt.UTC)
ENGAGED = Engagement("Priya Shah, Internal Audit", "Audit Committee", "boardpack verify x", "ab12")


@pytest.fixture
def build(tmp_path: Path) -> Path:
    names = ("id", "value", "unit", "source")
    figures = [dict(zip(names, one, strict=True)) for one in FIGURES]
    told = ("id", "status", "severity", "sentence", "waiver")
    checks = [dict(zip(told, one, strict=True)) for one in CHECKS]
    (tmp_path / "figures.json").write_text(json.dumps({"figures": figures}))
    (tmp_path / "checks.json").write_text(json.dumps({"checks": checks}))
    return tmp_path


@pytest.fixture
def account(build: Path) -> Account:
    return paper_account(build, "bromley")


def certificate(account: Account, *steps: Step, engaged: Engagement = ENGAGED) -> Certificate:
    paper = {
        **{"place": "bromley", "financial_year": "2023/24", "month": 6, "status": "released"},
        "version": {"number": 2},
    }
    manifest = {"paper": paper, "seal": "5ea1", "made_with": {"python": "3.11"}}
    bundle = {"name": "bromley.zip", "sha256": "c0de"}
    told = (steps, environment(), MOMENT, account, bundle, engaged)
    return Certificate("bromley", manifest, *told)


def test_the_population_and_exceptions_of_a_paper(account: Account) -> None:
    assert account.population == {
        **{"figures": 7, "figures in pounds": 6, "figures read from cells": 2},
        **{"figures computed": 4, "source cells": 3, "checks": 5, "files": 2},
    }
    assert account.gross == Decimal("2401007.50")
    assert account.read == Decimal("2400000")
    assert [(one.id, one.pounds) for one in account.totals] == [
        ("position.bromley.total.ytd_budget", Decimal("1000.50")),
        ("position.bromley.total.ytd_variance", Decimal(-2400000)),
    ]
    assert (account.open, len(account.stopping), len(account.waived)) == (2, 1, 1)
    assert account.waived[0].waiver == "Agreed with the ledger."


def test_a_damaged_build_has_an_account_of_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text("{")
    found = paper_account(tmp_path, "bromley")
    assert (found.population["figures"], found.gross, found.open) == (0, 0, 0)


def test_the_data_has_all_that_a_file_needs(account: Account) -> None:
    told = json.loads(certificate_record(certificate(account, *STEPS)))
    assert told["schema"] == "boardpack/certificate/2"
    assert told["result"] == "partial, no differences"
    assert (told["verified_by"], told["verified_for"]) == (ENGAGED.by, ENGAGED.on_behalf_of)
    assert told["verified_at"] == "2026-11-30T04:05:06+00:00"
    assert told["command"] == "boardpack verify x"
    assert told["program"]["sha256_of_code"] == "ab12"
    assert told["seal"] == "5ea1"
    assert told["bundle"] == {"name": "bromley.zip", "sha256": "c0de"}
    assert told["population"]["pounds_gross"] == "2401007.5"
    exceptions = told["exceptions_of_the_paper"]
    assert (exceptions["open"], exceptions["stop_a_release"], exceptions["waived"]) == (2, 1, 1)
    assert told["not_done"] == ["Outputs: Not done: nothing is run.", *LIMITS]
    of = {step["name"]: step["population"] for step in told["steps"]}
    assert (of["Figures"], of["Seals"], of["Something new"]) == (7, None, None)
    assert all(step["method"] for step in told["steps"])


def test_what_nobody_stated_is_said_to_be_so(account: Account) -> None:
    told = certificate(account, *STEPS, engaged=Engagement()).to_json()
    assert (told["verified_by"], told["verified_for"]) == ("not stated", "not stated")


@pytest.mark.parametrize(
    ("steps", "result", "conclusion"),
    [
        (STEPS[:3], "no differences", "No difference was found."),
        (STEPS, "partial, no differences", "It is partial. Not done, or not wholly: Outputs."),
        (
            (Step("Seals", 3, "files", (Finding("a", "b"), Finding("c", "d"))),),
            "differences",
            "2 differences found. The paper is not, or not wholly,",
        ),
        ((Step("Seals", 3, "files", (Finding("a", "b"),)),), "differences", "1 difference found."),
    ],
)
def test_what_it_concludes(
    account: Account, steps: tuple[Step, ...], result: str, conclusion: str
) -> None:
    told = certificate(account, *steps).to_json()
    assert told["result"] == result
    assert conclusion in " ".join(told["conclusion"])
    said = "The paper itself reports 2 open checks, of which 1 stops a release, and 1 waiver."
    assert told["conclusion"][-1] == said
    assert said in "\n".join(certificate_lines(certificate(account, *steps)))


def test_a_step_that_is_new_is_told_by_what_it_counted() -> None:
    assert method(STEPS[3]) == "Things looked at."
    assert method(STEPS[2]) == "Each number in PDF was held to the figure that it is of."


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no differences"), (1, "1 difference"), (1200, "1,200 differences")]
)
def test_numbers_with_their_noun(number: int, said: str) -> None:
    assert counted(number, "difference") == said


def test_the_page_needs_nothing_else_escapes_and_says_the_same(account: Account) -> None:
    found = Step("Figures", 7, "figures", (Finding("a.b", "is <i>other</i>."),))
    page = certificate_page(certificate(account, *STEPS, found))
    assert not re.search(r"<(script|link|img|i|b)\b|(src|href)=", page)
    assert '<html lang="en-GB">' in page
    assert page.count("<caption") == page.count("<table")
    assert page.count("<h1>") == 1
    for text in (
        *("Bromley, 2023/24 Month 6", "released, version 2", "5ea1", "SHA-256 c0de", "ab12"),
        *("Priya Shah, Internal Audit", "Audit Committee", "30 November 2026, 04:05:06 UTC"),
        *("(£2,400,000.00)", "£1,000.50", "is &lt;i&gt;other", "does not&lt;/b&gt; cast"),
        *("Waived: Agreed with the ledger.", "Not done: nothing is run.", *LIMITS),
    ):
        assert text in page, text


def test_the_program_is_known_by_all_of_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    first = program_hash()
    assert re.fullmatch("[0-9a-f]{64}", first)
    code = {**hashes(CHECKOUT, code_places(CHECKOUT)), "src/more.py": "0"}
    monkeypatch.setattr("boardpack.audit.verification.certificate.hashes", lambda *told: code)
    assert program_hash() != first
