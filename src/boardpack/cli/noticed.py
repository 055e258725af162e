"""What would be noticed, on the screen: a line an extract, then the largest that would not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich.console import Console

from boardpack.checks.noticed.errors import MATERIAL
from boardpack.checks.noticed.figures import noticed_figures, noticed_sentence
from boardpack.checks.phrases import and_list
from boardpack.cli.findings import wrapped
from boardpack.cli.progress_bars import counted, say
from boardpack.core.money import THOUSAND, digits
from boardpack.core.params import Paper
from boardpack.figures.register import Register

MOST = 10
SHOWN = (
    (MATERIAL, "error"),
    ("ten", "x10"),
    ("hundred", "x100"),
    ("thousand", "x1000"),
    ("sign", "sign"),
    ("last_month", "stale"),
)
SUMS = (("This month's extracts", "current"), ("Earlier months and reference files", "earlier"))


def say_noticed(paper: Paper, record: Mapping[str, Any]) -> None:
    """The sentence, the share of each extract's money by error, and the largest unseen inputs."""
    out = Console(highlight=False, soft_wrap=True)
    say(out, f"{paper.place_name}, {paper.month.name}")
    for line in wrapped(noticed_sentence(Register(noticed_figures(record, paper)))):
        say(out, f"  {line}")
    heads = "".join(f"{head:>7}" for _, head in SHOWN)
    say(out, f"  {'Noticed in per cent of':<38}{'£000s':>12}{heads}  by", "bold")
    for extract in record["extracts"]:
        say(out, _line(extract["extract"], extract))
    for name, part in SUMS:
        say(out, _line(name, record[part]), "bold")
    unseen = [one for one in record["unheld"] if MATERIAL in one["errors"]]
    if unseen:
        error = digits(Decimal(record["error"]), THOUSAND)
        told = f"An error of £{error}k would go unseen in {counted(len(unseen), 'input')}"
        say(out, f"  {told}, the largest first:", "bold")
    for one in unseen[:MOST]:
        amount = digits(Decimal(one["amount"]), THOUSAND)
        say(out, f"  {amount:>12}  {one['label']} ({one['extract']}, {one['column']})")
    if len(unseen) > MOST:
        say(out, f"  And {len(unseen) - MOST:,} more; --out FILE writes them all.")


def _line(name: str, sums: Mapping[str, Any]) -> str:
    money = digits(Decimal(sums["money"]), THOUSAND) if Decimal(sums["money"]) else ""
    shares = "".join(f"{_share(sums, error):>7}" for error, _ in SHOWN)
    by = and_list(sums["by"][:2]) if sums["by"] else "nothing"
    return f"  {name:<38}{money:>12}{shares}  {by}"


def _share(sums: Mapping[str, Any], error: str) -> str:
    found = sums["noticed"].get(error)
    return "" if found is None else digits(Decimal(found), places=1)
