"""Names in print for the parts of a figure id."""

from __future__ import annotations

import re

MEASURES = {
    "ytd_budget": "year to date budget",
    "ytd_actual": "year to date actual",
    "ytd_variance": "year to date variance",
    "annual_budget": "annual budget",
    "forecast_outturn": "forecast outturn",
    "forecast_variance": "forecast variance",
    "ytd_plan": "year to date plan",
    "forecast_plan": "plan for the year",
    "ytd_spend": "year to date spend",
    "acdr": "annual cash drawdown requirement",
    "cat_m_ncso": "Category M and NCSO",
    "category_m_change": "change by Category M prices",
    "category_a_change": "change by Category A prices",
    "category_c_change": "change by Category C prices",
    "bppc": "Better Payment Practice Code",
    "mhis": "Mental Health Investment Standard",
}
_ACRONYMS = {
    "ytd": "year to date",
    "chc": "CHC",
    "fnc": "FNC",
    "icb": "ICB",
    "ppa": "PPA",
    "pmd": "PMD",
    "ipp": "IPP",
    "qipp": "QIPP",
    "nhs": "NHS",
    "rrl": "RRL",
    "kpi": "KPI",
    "mhis": "MHIS",
    "ncso": "NCSO",
    "adhd": "ADHD",
    "lda": "LDA",
    "s117": "section 117",
    "erf": "ERF",
    "acdr": "ACDR",
}


def slug(text: str) -> str:
    """A label as a part of a figure id: `Acute Services` is `acute_services`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("&", " and ")).strip("_")


def capital(text: str) -> str:
    """The text with a capital at its beginning; what is in capitals already stays so."""
    return text[:1].upper() + text[1:]


def measure_label(measure: str) -> str:
    """A measure in words: `ytd_variance` is `year to date variance`."""
    if measure in MEASURES:
        return MEASURES[measure]
    return " ".join(_ACRONYMS.get(word, word) for word in measure.split("_"))
