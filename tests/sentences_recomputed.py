"""The sentences of a paper worked out a second time, from the extracts, by nothing of boardpack.

It reads the CSV files of Month 6 2023/24 and what was released before it, with the standard library
alone, and says for each sentence which numbers and which direction it must have. A sentence is a
list of words and of what must stand between them; a page must have it, and every place on the page
that reads like it must say the same. Pounds are in thousands. By hand, over papers that are built:

    .venv/bin/python tests/sentences_recomputed.py bromley lambeth icb
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from sys import argv, stdout

NUMBER = r"£?([\d,]+(?:\.\d+)?)(m|k|%)?"
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
ICB = "South East London ICB"
SUMMARY = "01_summary"
YEAR = 12
NOW, LEFT = 6, 6
"""The months of the year that have gone, and those to come."""


@dataclass(frozen=True)
class Said:
    """A number as a sentence has it: `form` says how it is worded, `{}` is where it stands.

    A form for more and one for less; the sign of `value` says which of the two it must be.
    """

    value: float
    more: str
    less: str = ""
    nil: str = ""

    @property
    def form(self) -> str:
        """The words around the number that its sign asks for."""
        if self.nil and abs(self.value) < 0.5:
            return self.nil
        return self.less if self.less and self.value < 0 else self.more

    @property
    def pattern(self) -> str:
        """What may stand here, whatever its number and direction."""
        forms = [one for one in (self.more, self.less, self.nil) if one]
        return "(" + "|".join(re.escape(one).replace(r"\{\}", NUMBER) for one in forms) + ")"

    def is_said(self, text: str) -> bool:
        """Whether a text has the right words and the right number, as far as it is printed."""
        found = re.fullmatch(re.escape(self.form).replace(r"\{\}", NUMBER), text)
        if found is None:
            return False
        if "{}" not in self.form:
            return True
        digits, unit = found[1].replace(",", ""), found[2]
        step = 0.1 ** len(digits.partition(".")[2])
        scale = {"m": 1000.0, "k": 1.0, "%": 1.0, None: 1.0}[unit]
        if unit == "m" and float(digits) < 10:
            step = 0.01  # a nought at the end may be left out
        return abs(float(digits) * scale - abs(self.value)) <= step * scale / 2 * 1.000001


def overspend(variance: float) -> Said:
    """A variance, budget less actual: `£2.4m overspent`."""
    return Said(variance, "{} underspent", "{} overspent", "on budget")


def a_month(variance: float) -> Said:
    """A variance of a month on average: `an overspend of £400k`."""
    return Said(variance, "an underspend of {}", "an overspend of {}")


def of_budget(variance: float, budget: float) -> Said:
    """A variance as a share of budget: `9.6% over budget`."""
    return Said(variance / budget * 100, "{} under budget", "{} over budget")


def plain(value: float) -> Said:
    """A number whose direction other words say."""
    return Said(value, "{}")


def change(value: float) -> Said:
    """A change in a sentence with `has`: `risen by 66.5%`."""
    return Said(value, "risen by {}", "fallen by {}")


def a_change(value: float) -> Said:
    """A change as a noun: `a rise of 2`."""
    return Said(value, "a rise of {}", "a fall of {}")


def of_plan(variance: float) -> Said:
    """Savings beside their plan: `£108k short of plan`."""
    return Said(variance, "{} ahead of plan", "{} short of plan")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a page: words, with `~` where each of the numbers stands."""

    page: str
    words: str
    numbers: tuple[Said, ...]

    def wrong_on(self, text: str) -> str:
        """What is wrong with it on a page; empty where each place that reads like it is right."""
        waiting = iter(self.numbers)
        pattern = re.sub(
            "~", lambda _: next(waiting).pattern, re.escape(self.words).replace(r"\~", "~")
        )
        found = [*re.finditer(pattern, text)]
        if not found:
            return f"{self.page} does not say: {self}"
        for place in found:
            at = 1
            for one in self.numbers:
                if not one.is_said(place[at]):
                    return f"{self.page} says {place[0]!r}, where it should say: {self}"
                at += 1 + one.pattern.count(NUMBER) * 2
        return ""

    def __str__(self) -> str:
        """The sentence as it should be, its numbers unrounded."""
        exact = iter(one.form.format(f"{abs(one.value):,.3f}") for one in self.numbers)
        return re.sub("~", lambda _: next(exact), self.words)


def say(page: str, words: str, *numbers: Said) -> Sentence:
    """A sentence that a page must have."""
    return Sentence(page, words, numbers)


class _Article(HTMLParser):
    """The text of a page of the book: that of its article, without scripts and hidden words."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.within, self.silent = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within += tag == "article"
        self.silent += tag in ("script", "style")
        if tag in ("p", "li", "h1", "h2", "h3", "td", "th", "div"):
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.within -= tag == "article"
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self.within and not self.silent:
            self.text.append(data)


def text_of(page: Path) -> str:
    """What a reader of a page reads, on one line."""
    article = _Article()
    article.feed(page.read_text(encoding="utf-8"))
    return " ".join("".join(article.text).split())


def pages_of(build: Path) -> dict[str, str]:
    """What a reader reads on each page of a paper that is built, by chapter."""
    book = build / "html"
    pages = {path.stem: path for path in (book / "notebooks").glob("*.html")}
    return {name: text_of(path) for name, path in (pages | {SUMMARY: book / "index.html"}).items()}


def number(text: str) -> float:
    """A number as the extracts print it: `(2,213)`, `£1.6m` (1,600), `95.0%`, `-` for nil."""
    plain = text.strip().replace(",", "").replace("£", "")
    if plain in ("", "-", "NA", "n/a"):
        return 0.0
    sign = -1 if plain.startswith(("(", "-")) else 1
    digits = re.sub(r"[^\d.]", "", plain)
    return sign * float(digits) * (1000 if plain.rstrip(")").endswith("m") else 1)


class Extracts:
    """The extracts of the month, each as a list of rows."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.raw = home / "data/raw/2023-24/M06"

    def rows(self, name: str) -> list[dict[str, str]]:
        """All rows of a file."""
        with (self.raw / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def row(self, name: str, **keys: str) -> Mapping[str, float]:
        """The one row that says this, as numbers."""
        found = [r for r in self.rows(name) if all(r[key] == said for key, said in keys.items())]
        assert len(found) == 1, (name, keys, len(found))
        return {column: number(text) for column, text in found[0].items() if column not in keys}

    def overview(self, measure: str, line: str, column: str) -> float:
        """A cell of the budget overview, with what the team has corrected in it."""
        fixes = [r for r in self.rows("corrections") if r["file"] == "budget_overview.csv"]
        for at, row in enumerate(self.rows("budget_overview"), start=2):
            if (row["measure"], row["directorate"]) == (measure, line):
                used = [f["used"] for f in fixes if f["row"] == str(at) and f["column"] == column]
                return number(used[0] if used else row[column])
        raise KeyError((measure, line))

    def variance(self, line: str, column: str) -> float:
        """The variance to date of a directorate as printed: in Bromley's own report, if it is its.

        The two reports differ by up to £2k on Bromley, and a place's own goes before the ICB's.
        """
        if column == "bromley":
            return self.row("position", place=column, directorate=line)["ytd_variance"]
        return self.overview("ytd_variance", line, column)

    def stated(self, place: str, chapter: str, line: str, measure: str, period: str = "") -> float:
        """A number that the reports say in words."""
        found = [
            row["value"]
            for row in self.rows("stated")
            if (row["place"], row["chapter"], row["line"], row["measure"])
            == (place, chapter, line, measure)
            and period in row["period"]
        ]
        assert len(found) == 1, (place, chapter, line, measure, len(found))
        return number(found[0])

    def released(self, month: str, identity: str) -> float:
        """What an earlier paper published, in thousands."""
        path = self.home / "data/released/2023-24" / month / "bromley/figures.json"
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        (found,) = [one for one in figures if one["id"] == identity]
        return float(found["value"]) / 1000


class Paper:
    """The sentences that the paper of a place, or of the ICB, must have."""

    def __init__(self, extracts: Extracts, place: str) -> None:
        self.of, self.place = extracts, place
        self.name = ICB if place == "icb" else place.capitalize()

    def _line(self, directorate: str) -> tuple[float, float]:
        """Budget and variance to date of a directorate; Bromley's by its own report."""
        if self.place == "bromley":
            row = self.of.row("position", place="bromley", directorate=directorate)
            return row["ytd_budget"], row["ytd_variance"]
        budget = self.of.overview("ytd_budget", directorate, self.place)
        return budget, budget - self.of.overview("ytd_actual", directorate, self.place)

    def sentences(self) -> Iterator[Sentence]:
        """All of them, chapter by chapter."""
        yield from self._position()
        yield from self._prescribing()
        yield from self._care()
        yield from self._mental_health()
        yield from self._savings()
        yield from self._money()
        yield from self._icb_appendix()
        if self.place == "bromley":
            yield from self._bromley_alone()

    def _position(self) -> Iterator[Sentence]:
        name = self.name
        budget, variance = self._line("Total")
        drugs, care = self._line("Prescribing"), self._line("Continuing Care Services")
        yield say(SUMMARY, f"{name} is ~ at the end of September 2023", overspend(variance))
        yield say(
            SUMMARY, "Prescribing is ~, ~", overspend(drugs[1]), of_budget(drugs[1], drugs[0])
        )
        yield say(
            SUMMARY,
            "Continuing Care Services is ~, ~",
            overspend(care[1]),
            of_budget(care[1], care[0]),
        )
        places = [self.of.overview("ytd_budget", "Prescribing", one) for one in PLACES]
        spent = [self.of.overview("ytd_actual", "Prescribing", one) for one in PLACES]
        together = of_budget(sum(places) - sum(spent), sum(places))
        yield say(SUMMARY, "On the same basis the six places together are ~", together)
        yield say("02_position", f"At the end of September 2023, {name} is ~.", overspend(variance))
        yield say(
            "02_position",
            "The budget to date is ~, so that is ~",
            plain(budget),
            of_budget(variance, budget),
        )
        join = "), " if self.place == "bromley" else ") and "
        yield say(
            "02_position",
            f"The overspends that matter are in prescribing (~{join}continuing care services (~)",
            plain(drugs[1]),
            plain(care[1]),
        )

    def _prescribing(self) -> Iterator[Sentence]:
        name, page = self.name, "03_prescribing"
        rows = {one: self.of.row("prescribing_summary", place=one) for one in (*PLACES, "icb")}
        own = rows[self.place]
        places = [rows[one] for one in PLACES]
        budgets, variances = (
            sum(row[measure] for row in places) for measure in ("ytd_budget", "ytd_variance")
        )
        _, ledger = self._line("Prescribing")
        yield say(page, f"shows prescribing in {name} ~ at the end", overspend(ledger))
        share = of_budget(own["ytd_variance"], own["ytd_budget"])
        yield say(page, f"On the PPA basis {name} is ~", share)
        yield say(page, "together are ~ on the same basis", of_budget(variances, budgets))
        if self.place == "icb":
            over, whose = variances / 1000, "places' overspend"
            drugs = sum(row["cat_m_ncso"] for row in places) / 1000
        else:
            over, whose = own["ytd_variance"] / 1000, "overspend"
            drugs = own["cat_m_ncso"] / 1000
            better = (
                "better"
                if own["ytd_variance"] / own["ytd_budget"] > variances / budgets
                else "worse"
            )
            yield say(page, f"So {name} does {better} than the average.")
        yield say(
            page,
            f"Of the {whose} of ~ on the PPA basis, ~ went on two kinds",
            plain(over),
            plain(drugs),
        )
        yield say(page, "The other ~ is growth in prescribing.", plain(-over - drugs))
        yield say(
            page,
            "On the PPA basis the year is forecast to end ~: ~ against a budget of ~.",
            overspend(own["forecast_variance"] / 1000),
            plain(own["forecast_outturn"] / 1000),
            plain(own["annual_budget"] / 1000),
        )
        months = self.of.stated("icb", "prescribing", "data", "months_available")
        yield say(page, "Only ~ months are known, to July 2023", plain(months))
        medicines = self.of.row("prescribing_savings_position", place=self.place)
        delivered = medicines["ytd_savings"] / medicines["annual_september"] * 100
        yield say(
            page, "The medicines team has delivered ~ of its September plan.", plain(delivered)
        )
        due = [self.of.stated("icb", "prescribing", "savings", "phasing", q) for q in ("Q1", "Q2")]
        yield say(page, "phases the year so that ~ of the savings are due by now", plain(sum(due)))
        if self.place != "bromley":
            yield say(page, "The medicines team reports ~", plain(medicines["ytd_savings"] / 1000))
            # no forecast by directorate: the PPA's, less what has gone
            rest = own["forecast_variance"] / 1000 - own["ytd_variance"] / 1000
            if self.place != "icb":
                yield say(page, "the months left may each bring ~", a_month(rest / LEFT))

    def _care(self) -> Iterator[Sentence]:
        name, page = self.name, "04_chc"
        budget, variance = self._line("Continuing Care Services")
        yield say(
            page,
            f"At the end of September 2023, {name} is ~ on it, ~",
            overspend(variance),
            of_budget(variance, budget),
        )
        months = {
            month: [
                self.of.row("chc_activity_price", period=month, place=one)
                for one in (PLACES if self.place == "icb" else (self.place,))
            ]
            for month in ("Budget", "M02", "M06")
        }
        clients = {m: sum(row["clients"] for row in rows) for m, rows in months.items()}
        costs = {
            m: sum(r["clients"] * r["average_price"] for r in rows) for m, rows in months.items()
        }
        prices = {month: costs[month] / clients[month] for month in months}

        def more(of: Mapping[str, float], than: str) -> float:
            return (of["M06"] / of[than] - 1) * 100

        yield say(
            page,
            "The month's data count ~ clients, ~ the number in the budget. The average price is "
            "~ a month, ~ the budgeted price.",
            plain(clients["M06"]),
            Said(more(clients, "Budget"), "{} above", "{} below"),
            plain(prices["M06"]),
            Said(more(prices, "Budget"), "{} above", "{} below"),
        )
        yield say(
            page,
            "Since May 2023 the number of clients has ~ and the average price has ~",
            change(more(clients, "M02")),
            change(more(prices, "M02")),
        )
        yield say(
            page,
            "Clients times price, which is the cost of a month, has ~",
            change(more(costs, "M02")),
        )
        high = {
            period: sum(
                self.of.row("chc_high_cost", period=period, place=one)["clients"]
                for one in (PLACES if self.place == "icb" else (self.place,))
            )
            for period in ("M12", "M06")
        }
        limit = self.of.stated("icb", "chc", "high_cost", "weekly_threshold")
        yield say(
            page,
            "At the month end ~ packages cost more than ~ a week: ~ since March 2023.",
            plain(high["M06"]),
            plain(limit),
            a_change(high["M06"] - high["M12"]),
        )

    def _mental_health(self) -> Iterator[Sentence]:
        page = "05_mental_health"
        columns = {
            one: self.of.variance("Mental Health Services", one)
            for one in (*PLACES, "central", "icb")
        }
        held = [value for one, value in columns.items() if one != "icb"]
        if self.place != "bromley":
            yield say(
                page,
                f"{self.name} is ~ on mental health services at the end of September 2023",
                overspend(columns[self.place]),
            )
        yield say(
            page,
            "For the ICB as a whole, mental health services are ~. Behind that, counting the "
            "centre with the places, overspends come to ~ and underspends to ~",
            overspend(columns["icb"]),
            plain(sum(value for value in held if value < 0)),
            plain(sum(value for value in held if value > 0)),
        )
        case = self.of.stated("icb", "mental_health", "cost_per_case", "ytd_overspend")
        yield say(page, "puts the pressure from cost-per-case care at ~", plain(case))
        (target,) = [
            row
            for row in self.of.rows("key_indicators")
            if row["indicator"].startswith("Mental Health Investment")
        ]
        wanted, reached = number(target["forecast_target"]), number(target["forecast_actual"])
        said = {
            (row["line"], row["measure"], row["period"]): number(row["value"])
            for row in self.of.rows("mhis")
        }
        yield say(
            page, "must grow by at least ~ this year", plain(said["mhis", "uplift", "2023/24"])
        )
        yield say(
            page,
            "The target is ~. The forecast is ~ more, so the standard would be met. The margin "
            "is ~ of the target.",
            plain(wanted),
            plain(reached - wanted),
            plain((reached - wanted) / wanted * 100),
        )
        drugs = said["prescribing", "spend", "2023/24"], said["prescribing", "spend", "2022/23"]
        yield say(
            page, "counts towards the standard, is forecast at ~, a rise of ", plain(drugs[0])
        )
        adhd = said["adhd", "forecast", "2023/24"], said["adhd", "prior_year", "2022/23"]
        yield say(
            page,
            "are forecast at about ~, ~ on last year.",
            plain(adhd[0]),
            a_change(adhd[0] - adhd[1]),
        )
        yield say(
            page, "also outside it, come to ~", plain(said["lda_chc", "placements", "2023/24"])
        )

    def _savings(self) -> Iterator[Sentence]:
        page, name = "06_savings", self.name
        own = self.of.row("efficiency_schemes", place=self.place)
        need, done, due = own["annual_requirement"], own["ytd_actual"], own["ytd_plan"]
        yield say(page, f"{name} must save ~ this year", plain(need))
        if self.place != "bromley":
            yield say(page, "has identified schemes for ~", plain(own["identified"]))
            yield say(page, "That is ~ more than it must save.", plain(own["unidentified"]))
        yield say(
            page,
            "By the end of September 2023 it had saved ~, which is ~. That is ~ of what was due.",
            plain(done),
            of_plan(own["ytd_variance"]),
            plain(done / due * 100),
        )
        yield say(
            page,
            "By now ~ of the year has gone, and ~ of the year's savings were due.",
            plain(NOW / YEAR * 100),
            plain(due / need * 100),
        )
        uneven = "More" if due / need < NOW / YEAR else "Less"
        yield say(page, f"{uneven} than an even share therefore falls in the months that are left.")
        yield say(
            page,
            f"To save the whole amount, {name} must save ~ a month from here on. So far it has "
            "saved ~ a month.",
            plain((need - done) / LEFT),
            plain(done / NOW),
        )

    def _money(self) -> Iterator[Sentence]:
        last, first = (
            self.of.row("resource_limit", month=month, movement="budget", item="All")
            for month in ("M06", "M00")
        )
        before = self.of.row("resource_limit", month="M05", movement="budget", item="All")
        page = "10_resource_limit"
        yield say(
            page,
            "At the end of September 2023 it is ~. It has ~ since the start of the year.",
            plain(last["icb"]),
            change(last["icb"] - first["icb"]),
        )
        yield say(
            page,
            "The largest additions are for Smart System Control - System Coordination Centres (~)",
            plain(self._added("Smart System Control")),
        )
        yield say(SUMMARY, f"{self.name} has ~ for the year.", plain(last[self.place]))
        if self.place != "icb":
            yield say(
                page,
                "share of the limit is its annual budget, now ~. It has ~ since the start of the "
                "year. This month it has ~",
                plain(last[self.place]),
                change(last[self.place] - first[self.place]),
                change(last[self.place] - before[self.place]),
            )
        duties = {row["indicator"]: row for row in self.of.rows("key_indicators")}
        income = duties["Expenditure not to exceed income"]
        limit = duties["Operating Under Resource Revenue Limit"]
        over = number(income["ytd_actual"]) - number(income["ytd_target"])
        page = "11_indicators"
        yield say(page, "Spend within income: over its limit by ~", plain(over))
        over = number(limit["ytd_actual"]) - number(limit["ytd_target"])
        yield say(page, "Spend within the resource limit: over its limit by ~", plain(over))
        paid = {row["creditor"]: row for row in self.of.rows("bppc")}
        yield say(
            page,
            "asks the ICB to pay ~ of invoices within ~ days. To date it has paid ~ of NHS "
            "invoices and ~ of non-NHS invoices on time.",
            plain(number(paid["NHS"]["ytd_target"])),
            plain(self.of.stated("icb", "indicators", "bppc", "payment_days")),
            plain(number(paid["NHS"]["ytd_actual"])),
            plain(number(paid["Non-NHS"]["ytd_actual"])),
        )
        surplus = last["icb"] - number(limit["forecast_target"])
        planned = self.of.stated("icb", "overview", "planned_surplus", "revised_plan")
        yield say(page, "hold a planned surplus of ~ for the year", plain(planned))
        yield say(
            page,
            "leaves a limit of ~. The indicators show ~, which is ~ more.",
            plain(last["icb"] - planned),
            plain(number(limit["forecast_target"])),
            plain(planned - surplus),
        )

    def _added(self, item: str) -> float:
        (found,) = [
            row
            for row in self.of.rows("resource_limit")
            if row["month"] == "M06" and row["item"].startswith(item)
        ]
        return number(found["icb"])

    def _icb_appendix(self) -> Iterator[Sentence]:
        page, over = "12_overview", self.of.overview
        lines = {
            one: over("ytd_budget", "Total", one) - over("ytd_actual", "Total", one)
            for one in (*PLACES, "icb", "central")
        }
        yield say(
            page,
            "which holds the budgets of all places, is ~ on a budget to date of ~",
            overspend(lines["icb"]),
            plain(over("ytd_budget", "Total", "icb")),
        )
        worst = sorted((one for one in PLACES if lines[one] < 0), key=lambda one: lines[one])
        named = [f"{one.capitalize()} (~)" for one in worst]
        yield say(
            page,
            f"Of the ~ places, ~ are overspent: {', '.join(named[:-1])} and {named[-1]}.",
            plain(len(PLACES)),
            plain(len(worst)),
            *(plain(lines[one]) for one in worst),
        )
        for one in PLACES:
            if lines[one] >= 0:
                yield say(page, f"{one.capitalize()} is ~.", overspend(lines[one]))
        yield say(page, "The budgets that the centre manages are ~", overspend(lines["central"]))
        chc = {one: self.of.variance("Continuing Care Services", one) for one in (*PLACES, "icb")}
        yield say(
            "14_chc_icb",
            "continuing healthcare (CHC) is ~ at the end of September 2023, ~",
            overspend(chc["icb"]),
            of_budget(chc["icb"], over("ytd_budget", "Continuing Care Services", "icb")),
        )
        for one in PLACES:
            yield say("14_chc_icb", f"{one.capitalize()} (~)", plain(chc[one]))
        contracts = {
            r["provider"]: number(r["annual_forecast"]) for r in self.of.rows("provider_contracts")
        }
        total = contracts.pop("Total")
        listed = sum(contracts.values())
        limit = self.of.row("resource_limit", month="M06", movement="budget", item="All")["icb"]
        yield say(
            "15_providers",
            "expects to pay NHS providers ~ under block contracts this year, which is ~ of its "
            "revenue resource limit.",
            plain(total),
            plain(total / limit * 100),
        )
        yield say(
            "15_providers",
            "The five local providers listed receive ~ (~). The other ~ (~) goes",
            plain(listed),
            plain(listed / total * 100),
            plain(total - listed),
            plain((total - listed) / total * 100),
        )
        cash = {row["line"]: row for row in self.of.rows("cash_requirement")}
        need, left = (
            number(cash[one]["current_month"]) for one in ("ICB ACDR", "Remaining Cash limit")
        )
        yield say(
            "18_cash",
            "may use ~ of cash this year, its annual cash drawdown requirement (ACDR). By the "
            "end of September 2023 it had used ~, and ~",
            plain(need),
            plain((need - left) / need * 100),
            plain(NOW / YEAR * 100),
        )
        yield say("18_cash", "What is left is ~.", plain(left))
        (month,) = [row for row in self.of.rows("cash_drawdown") if row["month"] == "M06"]
        yield say(
            "18_cash",
            "At the end of September 2023 it was ~, within the limit of ~",
            plain(number(month["month_end_balance"])),
            plain(number(month["main_drawdown"]) * 1.25 / 100),
        )

    def _bromley_alone(self) -> Iterator[Sentence]:
        of = self.of
        total = of.row("position", place="bromley", directorate="Total")
        forecast, variance = total["forecast_variance"], total["ytd_variance"]
        gain = of.row("position", place="bromley", directorate="Other Programme Services")
        yield say(
            SUMMARY,
            "at the end of September 2023 and forecasts to end the year ~. To land there it must "
            "improve from ~ a month so far to ~ a month.",
            overspend(forecast),
            a_month(variance / NOW),
            a_month((forecast - variance) / LEFT),
        )
        page = "02_position"
        yield say(
            page,
            "The year is forecast to end ~, against an annual budget of ~",
            overspend(forecast),
            plain(total["annual_budget"]),
        )
        line = variance / NOW * YEAR
        yield say(page, "like the average so far, it would end ~", overspend(line))
        yield say(page, "therefore counts on ~ of recovery", plain(forecast - line))
        yield say(page, "includes a gain of ~ in other programme", plain(gain["forecast_variance"]))
        without = forecast - gain["forecast_variance"]
        yield say(page, "Without it the forecast is ~", overspend(without))
        for name, label in (
            ("total", "of Bromley"),
            ("prescribing", "on prescribing"),
            ("continuing_care_services", "on continuing care services"),
            ("mental_health_services", "on mental health services"),
        ):
            then = of.released("M04", f"position.bromley.{name}.ytd_variance")
            title = "Total" if name == "total" else name.replace("_", " ").title()
            now = of.row("position", place="bromley", directorate=title)["ytd_variance"]
            pace = then / 4 * 2
            rest = now - then - pace
            where = {
                "total": "02_position",
                "prescribing": "03_prescribing",
                "continuing_care_services": "04_chc",
                "mental_health_services": "05_mental_health",
            }[name]
            yield say(
                where,
                f"Since July 2023, the overspend {label} has ~. At the pace up to then it would "
                "have grown by ~, so it did ~",
                Said(then - now, "grown by {}", "shrunk by {}"),
                plain(pace),
                Said(rest, "{} better than that", "{} worse than that"),
            )
        finance = of.row("place_savings", place="bromley", directorate="Prescribing")
        medicines = of.row("prescribing_savings_position", place="bromley")
        yield say(
            "03_prescribing",
            "Saved to date is ~ in the finance team's version and ~ in the medicines team's.",
            plain(finance["ytd_actual"]),
            plain(medicines["ytd_savings"] / 1000),
        )
        schemes = of.row("place_savings", place="bromley", directorate="Total")
        yield say(
            "06_savings",
            "The year is forecast to end ~, with ~ saved.",
            of_plan(schemes["full_year_variance"]),
            plain(schemes["full_year_forecast"]),
        )
        budget = {
            row["line"]: number(row["annual_budget"])
            for row in of.rows("borough_budget")
            if row["place"] == "bromley"
        }
        yield say("07_programmes", "King's College Hospital (KCH), ~.", plain(budget["KCH"]))
        agreement = [row for row in of.rows("section75") if row["ref"].startswith("r")]
        icb, council, before = (
            sum(number(row[column]) for row in agreement)
            for column in ("icb", "council", "icb_prior_year")
        )
        yield say(
            "19_section75",
            "funds ~ of it (~), ~. The council funds ~",
            plain(icb),
            plain(icb / (icb + council) * 100),
            a_change(icb - before),
            plain(council),
        )


def wrong(home: Path, place: str, pages: Mapping[str, str]) -> list[str]:
    """What is wrong with the sentences of a paper, whose pages are given by chapter."""
    sentences = Paper(Extracts(home), place).sentences()
    return [said for one in sentences if (said := one.wrong_on(pages[one.page]))]


if __name__ == "__main__":
    for name in argv[1:]:
        faults = wrong(Path(), name, pages_of(Path("build/2023-24/M06", name)))
        stdout.write("\n".join([*faults, f"{name}: {len(faults)} sentences are wrong", ""]))
