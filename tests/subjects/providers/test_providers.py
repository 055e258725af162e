"""Provider contracts, against a second, plain reading of the extract."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from homes import change_rows, copied_home, leave_out
from second_reading import amount, printed, records

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

NAME = "providers.icb."


def test_other_providers_are_the_total_less_those_listed(register: Register) -> None:
    *local, total = [amount(row["annual_forecast"]) * 1000 for row in records("provider_contracts")]
    assert register[f"{NAME}local_providers.annual_forecast"].value == sum(local) == 2_950_081_000
    assert register[f"{NAME}other_providers.annual_forecast"].value == total - sum(local)


def test_shares_are_of_all_block_contracts(register: Register) -> None:
    shares = {"guys_and_st_thomas": "26.2", "local_providers": "86.2", "other_providers": "13.8"}
    for line, share in shares.items():
        found = register[f"{NAME}{line}.share_of_total"].value
        assert printed(found, "0.1") == Decimal(share)
    whole = register[f"{NAME}total.share_of_resource_limit"].value
    assert printed(whole, "0.1") == Decimal("71.7")


def test_break_even_stated_in_words_is_a_variance_of_nil(register: Register) -> None:
    for measure in ("in_month_variance", "forecast_variance"):
        figure = register[f"{NAME}nhs_services.{measure}"]
        assert figure.unit == "GBP"
        assert figure.value == 0


def test_without_a_total_there_is_no_remainder_and_without_the_extract_nothing(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    change_rows(
        home, "provider_contracts.csv", lambda row: None if row["provider"] == "Total" else row
    )
    month = parse_month("2023-24", "M06")
    part = compute(load_paper(home, month), "providers")
    assert f"{NAME}local_providers.annual_forecast" in part
    assert f"{NAME}other_providers.annual_forecast" not in part
    leave_out(home, "provider_contracts.csv", "stated.csv")
    none = compute(load_paper(home, month), "providers")
    assert not [figure for figure in none if figure.chapter == "providers"]
