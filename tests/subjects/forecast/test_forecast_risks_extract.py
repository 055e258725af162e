"""Risks: words alone, or an amount with its probability and what the mitigation takes off."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.forecast.risks_extract import read_risks

WORDS = "ref,place,risk,line,owner_role,mitigation,status"
AMOUNTS = f"{WORDS},gross,probability,mitigation_amount"
RISK = "R01,bromley,Prices rise,prescribing,Lead,Switches,open"


def _read(home: Path, *lines: str) -> Extract:
    return read_risks(item_folder(home, {"risks.csv": "\n".join(lines) + "\n"}))


def test_words_alone_are_enough(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, WORDS, RISK)
    assert row.amounts == {}


def test_amounts_may_stand_beside_some_risks(tmp_path: Path) -> None:
    other = RISK.replace("R01", "R02")
    priced, plain = _read(tmp_path, AMOUNTS, f'{RISK},"900,000",40%,"150,000"', f"{other},,,")
    found = {name: value.amount for name, value in priced.amounts.items()}
    assert found == {
        "gross": Decimal(900_000),
        "probability": Decimal(40),
        "mitigation_amount": Decimal(150_000),
    }
    assert plain.amounts == {}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("900000,,", "probability beside gross"),
        (",40%,", "gross beside probability"),
        (",,5000", "gross beside mitigation_amount"),
        ("900000,140%,", "a probability up to 100%"),
        ("(900000),40%,", "nil or more"),
        ("900000,0.4,", "a percentage"),
    ],
)
def test_half_an_amount_is_refused(tmp_path: Path, cells: str, expected: str) -> None:
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, AMOUNTS, f"{RISK},{cells}")
    assert expected in told(caught.value.faults)
