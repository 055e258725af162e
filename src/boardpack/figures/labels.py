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
    "ytd_limit": "year to date budget less the plan",
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
CHAPTERS = {
    "overview": "budget overview",
    "position": "position",
    "resource_limit": "resource limit",
    "efficiency": "efficiency schemes",
    "savings": "savings",
    "prescribing": "prescribing",
    "prescribing_items": "prescribing by item",
    "chc": "continuing healthcare",
    "forecast": "forecast",
    "estimates": "estimates",
    "prescribing_savings": "prescribing savings",
    "prescribing_versions": "prescribing savings by two teams",
    "mental_health": "mental health",
    "programmes": "programmes",
    "costed_programme": "costed programmes",
    "corporate": "corporate costs",
    "cash": "cash",
    "indicators": "key financial indicators",
    "icb_position": "position of the ICB",
    "providers": "provider contracts",
    "section75": "section 75",
    "actions": "actions",
    "control": "control totals",
    "adjustments": "entries beside the ledger",
    "scenario": "what-ifs",
    "movements": "movements",
}
"""What a chapter of figures is called in print, by the first part of their ids."""
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
    """A label as a part of a figure id: `Acute Services` is `acute_services`.

    >>> slug("Acute Services"), slug("R&D (net)")
    ('acute_services', 'r_and_d_net')
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("&", " and ")).strip("_")


def capital(text: str) -> str:
    """The text with a capital at its beginning; what is in capitals already stays so.

    >>> capital("year to date"), capital("NHS")
    ('Year to date', 'NHS')
    """
    return text[:1].upper() + text[1:]


def chapter_label(chapter: str) -> str:
    """What a chapter of figures is called in a sentence; the parts of its name if it has no other.

    A figure of a chapter that is no more may still stand in a released register.

    >>> chapter_label("chc"), chapter_label("better_care_fund")
    ('continuing healthcare', 'better care fund')
    """
    return CHAPTERS.get(chapter) or measure_label(chapter)


def measure_label(measure: str) -> str:
    """A measure in words: `ytd_variance` is `year to date variance`.

    >>> measure_label("ytd_variance"), measure_label("icb_share")
    ('year to date variance', 'ICB share')
    """
    if measure in MEASURES:
        return MEASURES[measure]
    return " ".join(_ACRONYMS.get(word, word) for word in measure.split("_"))
