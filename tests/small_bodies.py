"""Small homes of bodies unlike the first: a few printed schedules, all else not supplied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from boardpack.core.home import REPORT, month_folder, run_file
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.core.roles import ROLES
from boardpack.reading.readers import OURS, extract_names
from boardpack.render.new_home import begin_home

MONTH = Month(2024, 6)
PLACES = ("northtown", "southtown")
DIVISIONS = {role: f"division_{role}" for role in ROLES}
MEASURES = ("ytd_budget", "ytd_actual", "ytd_variance")
YEAR = ("annual_budget", "forecast_outturn", "forecast_variance")


def small_body(
    home: Path,
    *,
    places: tuple[str, ...] = PLACES,
    overview: bool = True,
    position: bool = True,
    divisions: bool = False,
    roles: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> Path:
    """A home as `init` begins it, for these places, with these schedules of made-up amounts.

    `divisions` gives every directorate another key and name; `roles` says which bears which role.
    `more` are further extracts of the month, by name.
    """
    begin_home(home, MONTH)
    for folder in (home / month_folder(MONTH), home / "data" / "reference"):
        for file in folder.iterdir():
            file.unlink()
    named = _parameters(home, places, divisions=divisions, roles=roles)
    files = dict(more or {})
    if overview:
        files["budget_overview"] = _overview(places, named)
    if position and places:
        files["position"] = _position(places, named)
    for name, text in files.items():
        (home / month_folder(MONTH) / f"{name}.csv").write_text(text, encoding="utf-8")
    absent = sorted(extract_names() - OURS - set(files))
    run = home / run_file(MONTH)
    said = "".join(f"  {name}.csv: This body does not have it.\n" for name in absent)
    text = re.sub(r"not_supplied:\n(  .*\n)+", f"not_supplied:\n{said}", run.read_text())
    run.write_text(text, encoding="utf-8")
    return home


def small_paper(home: Path, place: str) -> Paper:
    """The paper of a place of such a home."""
    return load_paper(home, MONTH, place)


def _parameters(
    home: Path, places: tuple[str, ...], *, divisions: bool, roles: Mapping[str, str] | None
) -> dict[str, str]:
    """Write the parameters; the directorates by key."""
    report, run = home / REPORT, home / run_file(MONTH)
    text, month = report.read_text(encoding="utf-8"), run.read_text(encoding="utf-8")
    if not places:
        text = re.sub(r"\nplaces:.*\n(  .*\n)+", "\nplaces: {}\n", text)
        text = re.sub(r"    \w+town: .* Board\n", "", text)
        text = text.replace("default_place: northtown", "default_place: icb")
        month = re.sub(r"author_roles:.*\n(    .*\n)+", "author_roles: {}\n", month)
    listed = re.search(r"\ndirectorates:.*\n((?:  \w+: .*\n)+)", text)
    assert listed is not None
    named = dict(re.findall(r"  (\w+): (.*)\n", listed[1]))
    if divisions:
        keys = {line: DIVISIONS[role] for role, line in ROLES.items()}
        named = {keys.get(k, f"other_{k}"): f"Division {n}" for n, k in enumerate(named, 1)}
        body = "".join(f"  {key}: {name}\n" for key, name in named.items())
        text = text.replace(listed[1], body)
        said = "".join(f"  {role}: {key}\n" for role, key in (roles or {}).items())
        text = re.sub(r"\nroles:.*\n(  .*\n)+", f"\nroles:\n{said}" if said else "\n", text)
    report.write_text(text, encoding="utf-8")
    run.write_text(month, encoding="utf-8")
    return named


def _amounts(number: int) -> list[int]:
    """Budget, actual and variance to date and for the year of a line, in £000s."""
    budget = 1000 * number
    actual = budget + (150 if number % 2 else -40) * number
    year, forecast = 2 * budget, 2 * actual + 10
    return [budget, actual, budget - actual, year, forecast, year - forecast]


def _position(places: tuple[str, ...], named: Mapping[str, str]) -> str:
    lines = [",".join(("place", "directorate", *MEASURES, *YEAR))]
    rows = [_amounts(number) for number in range(1, len(named) + 1)]
    total = [sum(column) for column in zip(*rows, strict=True)]
    for place in places:
        for label, row in zip((*named.values(), "Total"), (*rows, total), strict=True):
            lines.append(",".join((place, label, *map(str, row))))
    return "\n".join(lines) + "\n"


def _overview(places: tuple[str, ...], named: Mapping[str, str]) -> str:
    lines = [",".join(("measure", "directorate", *places, "central", "icb_non_covid", "icb"))]
    rows = [_amounts(number) for number in range(1, len(named) + 1)]
    columns = len(places) + 1
    for place, measure in enumerate(MEASURES):
        amounts = [row[place] for row in rows]
        for label, amount in zip((*named.values(), "Total"), (*amounts, sum(amounts)), strict=True):
            cells = [amount] * columns + [amount * columns] * 2
            lines.append(",".join((measure, label, *map(str, cells))))
    return "\n".join(lines) + "\n"
