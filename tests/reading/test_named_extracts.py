"""A name that no extract bears is refused wherever it is given, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, RAW, RUN, changed, copied_home

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.named_extracts import name_faults
from boardpack.render.inputs import check_inputs

SEPTEMBER = Month(2023, 6)


def home_with(target: Path, run: str = "", layouts: str = "") -> Path:
    home = copied_home(PROJECT, target)
    path = home / RUN
    path.write_text(f"{path.read_text(encoding='utf-8')}{run}", encoding="utf-8")
    if layouts:
        (home / "params/layouts.yml").write_text(f"extracts: {{{layouts}}}\n", encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("invoice.csv", "Did you mean 'invoices.csv'?"),
        ("ledger.xlsx", "Did you mean 'ledger.csv'?"),
        ("trial_balance", "Did you mean 'trial_balance.csv'?"),
        ("capital.csv", "data/README.md lists the extracts."),
        ("cost_centres.csv", "data/README.md lists the extracts."),
        ("ledger.csv", ""),
        ("epd.csv", ""),
        ("drug_tariff_following.csv", ""),
        ("adjustments.csv", ""),
    ],
)
def test_what_is_answered_for_must_be_an_extract_of_a_month(
    tmp_path: Path, name: str, remedy: str
) -> None:
    home = home_with(tmp_path, f"not_supplied: {{{name}: Late.}}\nunchanged: {{{name}: So.}}\n")
    faults = list(name_faults(load_paper(home, SEPTEMBER)))
    assert [(fault.column, fault.value, fault.remedy) for fault in faults] == [
        (parameter, name, remedy) for parameter in ("not_supplied", "unchanged") if remedy
    ]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("ledgr", "Did you mean 'ledger'?"),
        ("ledger.csv", "Did you mean 'ledger'?"),
        ("capital", "data/README.md lists the extracts."),
        ("ledger", ""),
        ("cost_centres", ""),
        ("chc_budgets", ""),
        ("drug_tariff_202404", ""),
    ],
)
def test_a_layout_must_be_that_of_an_extract(tmp_path: Path, name: str, remedy: str) -> None:
    home = home_with(tmp_path, layouts=f"{name}: {{scale: pounds}}")
    faults = list(name_faults(load_paper(home, SEPTEMBER)))
    assert [(fault.file, fault.value, fault.remedy) for fault in faults] == (
        [("params/layouts.yml", name, remedy)] if remedy else []
    )


def test_unknown_names_are_told_with_all_other_faults(tmp_path: Path) -> None:
    home = home_with(tmp_path, "not_supplied: {invoice.csv: Late.}\n", "ledgr: {scale: pounds}")
    changed(home, "stated.csv", {"chapter": "position"}, {"chapter": "positon", "place": "bromly"})
    (home / RAW / "risks.csv").unlink()
    with pytest.raises(InputFaults) as refused:
        check_inputs(load_paper(home, SEPTEMBER))
    told = str(refused.value)
    for said in ("'invoice.csv'", "'ledgr'", "risks.csv: expected this extract"):
        assert said in told
    assert "Did you mean 'position'?" in told
    assert "Did you mean 'bromley'?" in told
