"""A small invented paper that has every kind of block, and hostile text wherever text may stand."""

from __future__ import annotations

from boardpack.document.blocks import (
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
    Working,
    Workings,
    mark,
)
from boardpack.document.content import Chapter, Heading, Part

HOSTILE = "<script>alert(1)</script> {{ 1 }} [x](javascript:alert(1)) ⟦ & \"quoted\" 'q' $x$"


def number(text: str, name: str, value: str, adverse: bool = False) -> Number:
    """A number of the invented place."""
    words = f"minus {text.strip('()')}" if text.startswith("(") else None
    return Number(text, f"position.anytown.{name}", value, words, adverse)


BUDGET = number("23,172", "prescribing.ytd_budget", "23172000")
ACTUAL = number("25,385", "prescribing.ytd_actual", "25385000")
VARIANCE = number("(2,213)", "prescribing.ytd_variance", "-2213000", adverse=True)
FORECAST = number("(4,450)", "prescribing.forecast_variance", "-4450000", adverse=True)
CHC_BUDGET = number("12,521", "chc.ytd_budget", "12521000")
CHC_ACTUAL = number("12,925", "chc.ytd_actual", "12925000")
CHC = number("(404)", "chc.ytd_variance", "-404000", adverse=True)
CHC_FORECAST = number("(491)", "chc.forecast_variance", "-491000", adverse=True)
CORPORATE = number("212", "corporate.ytd_variance", "212000")
CORPORATE_FORECAST = number("403", "corporate.forecast_variance", "403000")
TOTAL = number("(2,405)", "total.ytd_variance", "-2405000", adverse=True)
TOTAL_FORECAST = number("(4,810)", "total.forecast_variance", "-4810000", adverse=True)
PAID = number("93.1%", "bppc.number", "93.1", adverse=True)
TARGET = number("95%", "bppc.target", "95")

KEY_FIGURES = KeyFigures(
    "summary-key-figures",
    (
        KeyFigure(
            "Year to date",
            TOTAL,
            "against a budget of £120.9m",
            "bad",
            f"↓ {mark(VARIANCE.figure, '£2.21m')} worse than July",
        ),
        KeyFigure("Forecast", TOTAL_FORECAST, f"of it {mark(FORECAST.figure, '£4.45m')}", "bad"),
        KeyFigure("Running costs", CORPORATE, "below the *allowance*", "good"),
        KeyFigure(f"Paid {HOSTILE}", PAID, HOSTILE),
    ),
)
WORDS = Narrative(
    "summary-words",
    f"Prescribing is {mark(VARIANCE.figure, '£2.21m overspent')}, and the cause is\n"
    "**price**, not volume:\n\n- price concessions\n- Category M\n\n"
    f"| Line | Variance |\n|---|---:|\n| Prescribing | {mark(VARIANCE.figure, '(2,213)')} |\n",
)
COMMENTARY = Narrative(
    "summary-commentary",
    f"## Our view\n\nThe position worsened. {HOSTILE} ![picture](http://example.org/x.png)",
    "commentary",
)
TABLE = Table(
    "position-table",
    f"Position of Anytown at Month 6 {HOSTILE}",
    (
        Column("Directorate", "left"),
        Column("Budget", group="Year to date"),
        Column("Actual", group="Year to date"),
        Column("(Over)/under", group="Year to date"),
        Column("(Over)/under", group="Full year"),
        Column("Driver", "left"),
    ),
    (
        Row(("Commissioned care",), "heading"),
        Row(("Prescribing", BUDGET, ACTUAL, VARIANCE, FORECAST, "Price concessions")),
        Row(("Continuing Care Services", CHC_BUDGET, CHC_ACTUAL, CHC, CHC_FORECAST, HOSTILE)),
        Row(("Subtotal", "", "", TOTAL, TOTAL_FORECAST, ""), "subtotal"),
        Row(("Own costs",), "heading"),
        Row((HOSTILE, "", "", CORPORATE, CORPORATE_FORECAST, "")),
        Row(("Total", "", "", TOTAL, TOTAL_FORECAST, ""), "total"),
    ),
    "£000s",
    ("Budget less actual: an overspend is in brackets.", f"Note {HOSTILE}"),
)
BARS = Chart(
    "position-bars",
    "bar",
    f"Prescribing makes most of the overspend {HOSTILE}",
    f"Prescribing is far larger than all else. {HOSTILE}",
    ("Prescribing", "Continuing Care Services", HOSTILE),
    (Series("Year to date", (VARIANCE, CHC, CORPORATE)),),
    "£000s, (over)/under budget",
    "1000",
    better="higher",
)
GROUPED = Chart(
    "position-grouped",
    "bar",
    "Spending is above budget in both lines",
    "Actual is above budget for prescribing and for continuing care.",
    ("Prescribing", "Continuing Care Services"),
    (Series("Budget", (BUDGET, CHC_BUDGET)), Series("Actual", (ACTUAL, CHC_ACTUAL))),
    "£000s",
    "1000",
)
STACKED = Chart(
    "position-stacked",
    "stacked",
    "Prescribing is the larger part of spending",
    "Two parts of budget and of actual spending.",
    ("Budget", "Actual"),
    (Series("Prescribing", (BUDGET, ACTUAL)), Series("Continuing care", (CHC_BUDGET, CHC_ACTUAL))),
    "£000s",
    "1000",
)
WALK = Chart(
    "position-walk",
    "waterfall",
    "Prescribing doubles the gap by the year's end",
    "A walk from the variance to date to the forecast.",
    ("Year to date", "Prescribing", "Continuing care", "Corporate", "Forecast"),
    (Series("Walk", (TOTAL, VARIANCE, CHC, CORPORATE, TOTAL_FORECAST)),),
    "£000s",
    "1000",
    better="higher",
)
_MONTHS = ("April", "May", "June", "July", "August", "September")
_PAID = ("95.2%", "96.0%", "95.5%", "94.1%", "93.8%", "93.1%")
_VALUE = ("97.2%", "97.9%", "98.1%", "97.0%", "96.4%", "96.0%")


def _months(texts: tuple[str, ...], name: str) -> tuple[Number | None, ...]:
    pairs = zip(_MONTHS, texts, strict=True)
    return tuple(
        number(t, f"bppc.{name}.{m.lower()}", t.strip("%"), float(t[:-1]) < 95) for m, t in pairs
    )


LINE = Chart(
    "bppc-line",
    "line",
    "Fewer invoices are paid on time each month",
    "The share by number falls below the target from July; the share by value stays above it.",
    _MONTHS,
    (Series("By number", _months(_PAID, "number")), Series("By value", _months(_VALUE, "value"))),
    "Per cent of invoices paid within 30 days",
    places=0,
    better="higher",
    target=TARGET,
    target_label="Target",
)
ONE_LINE = Chart(
    "bppc-one-line",
    "line",
    "Fewer invoices are paid on time",
    "The share by number falls, with May missing.",
    _MONTHS,
    (Series("By number", (*_months(_PAID, "number")[:1], None, *_months(_PAID, "number")[2:])),),
    "Per cent",
)
SLOPE = Chart(
    "position-slope",
    "slope",
    f"Prescribing worsens most {HOSTILE}",
    "Prescribing falls from July to September, and continuing care a little.",
    ("July 2023", f"September 2023 {HOSTILE}"),
    (
        Series("Prescribing", (number("(1,326)", "prescribing.then", "-1326000", True), VARIANCE)),
        Series(HOSTILE, (number("(83)", "chc.then", "-83000", adverse=True), CHC)),
        Series("Corporate", (None, CORPORATE)),
    ),
    "£000s, (over)/under budget",
    "1000",
    better="higher",
)
BULLETS = Chart(
    "duties-bullets",
    "bullet",
    "One of three duties is missed",
    "Non-NHS invoices fall short of their target; both lines of spend are against their budgets.",
    ("Invoices paid on time", "Prescribing within its budget", f"Duty {HOSTILE}"),
    (Series("Actual", (PAID, ACTUAL, None)), Series("Target", (TARGET, BUDGET, CHC_BUDGET))),
    "Share of each duty's own target",
)
_PLACES = ("Anytown", "Bigtown", "Coldtown", f"Dry {HOSTILE}", "Eastown", "Fairtown", "Centre")
PANELS = Chart(
    "places-panels",
    "multiples",
    "Prescribing is overspent in every place",
    "Each place's variance in three directorates.",
    ("Prescribing", "Continuing Care Services", "Corporate"),
    tuple(Series(place, (VARIANCE, CHC, CORPORATE)) for place in _PLACES),
    "£000s, (over)/under budget",
    "1000",
    better="higher",
)
LINE_PANELS = Chart(
    "places-line-panels",
    "multiples",
    "Fewer invoices are paid on time in every place",
    "The share falls in every place.",
    _MONTHS,
    tuple(
        Series(place, (*_months(_PAID, "number")[:1], None, *_months(_PAID, "number")[2:]))
        for place in _PLACES[:5]
    ),
    "Per cent",
    panel="line",
)
WORKINGS = Workings(
    "position-workings",
    (
        Working(VARIANCE.figure, "Prescribing, variance", "-2213000", "= budget - actual"),
        Working(BUDGET.figure, HOSTILE, "23172000", f"position.csv row 6: {HOSTILE}"),
    ),
    ({"id": VARIANCE.figure, "value": "-2213000", "label": "Prescribing, variance"},),
)
MISSING = NotSupplied("cash-not-supplied", "Cash", f"No extract was supplied. {HOSTILE}")
BLOCKS = (
    KEY_FIGURES,
    WORDS,
    COMMENTARY,
    TABLE,
    BARS,
    GROUPED,
    STACKED,
    WALK,
    LINE,
    ONE_LINE,
    SLOPE,
    BULLETS,
    PANELS,
    LINE_PANELS,
    WORKINGS,
    MISSING,
)

SUMMARY = Chapter(
    "01_summary",
    "Summary",
    (Heading(1, "Summary"), KEY_FIGURES, Heading(2, f"In words {HOSTILE}"), WORDS, COMMENTARY),
)
POSITION = Chapter(
    "02_position",
    "Position",
    (
        Heading(1, "Position"),
        Heading(2, "Month 6"),
        TABLE,
        Heading(2, "Charts"),
        *(BARS, GROUPED, STACKED, WALK, LINE, ONE_LINE, SLOPE, BULLETS, PANELS, LINE_PANELS),
        Heading(2, "Month 6"),
        WORKINGS,
    ),
)
CASH = Chapter("18_cash", "Cash", (Heading(1, "Cash"), MISSING))
PARTS = (Part("Board paper", (SUMMARY, POSITION)), Part("Appendix: the ICB report", (CASH,)))
TITLE = "Finance report, Month 6 2023/24: Anytown"
STATUS = "Draft for the board of 23 November 2023"
