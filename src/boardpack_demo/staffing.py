"""A table of the demonstration's own: what agency staff cost, declared in its parameters."""

from __future__ import annotations

from boardpack_demo.chance import Chance
from boardpack_demo.table import Table, table
from boardpack_demo.truth import Truth

SCHEDULE = "agency_staff"
_TEAMS = {"Commissioning": 46, "Care assessors": 31, "Digital": 22, "Medicines": 14}
"""What a month of agency staff may cost in each team, in £000s."""
FORM = """# What agency staff cost to date against their limit, in £000s, team by team.
title: Agency staff
chapter: agency_staff
key: team
sense: limit
columns:
  team: word
  limit: thousands
  spend: thousands
  variance: {type: thousands, against: [limit, spend], heading: (Over) / under}
  spend_prior_month: {type: thousands, period: prior month, heading: Spend last month,
    blank: true, lacking: left out}
  in_month: {type: thousands, formula: spend - spend_prior_month, lacking: as printed}
rows:
  total: {label: All agency staff, sum: all}
needs: [Total]
picture: {columns: [limit, spend], title: "Agency staff are {total.variance} since April"}
sentence: "Agency staff cost {total.spend | money} since April and are {total.variance}."
"""


def agency_staff(truth: Truth, number: int) -> Table:
    """Limit and spend of each team to date, and what last month's report said of the spend."""
    rows = []
    for team, limit in _TEAMS.items():
        spent = [
            Chance(truth.seed, "agency", team, truth.counted(month)).between(limit - 6, limit + 4)
            for month in range(1, number + 1)
        ]
        rows.append((team, limit * number, sum(spent), sum(spent[:-1])))
    rows.append(("Total", *(sum(column) for column in list(zip(*rows, strict=True))[1:])))
    return table(
        "team limit spend variance spend_prior_month in_month",
        [
            (team, limit, spent, limit - spent, before if number > 1 else "", spent - before)
            for team, limit, spent, before in rows
        ],
    )
