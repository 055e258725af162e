"""What each figure is about, in the words that sentences are described with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from boardpack.figures.chapters import WHAT_IF
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import Register, gap, tolerance
from boardpack.prose.directorate_names import own_names
from boardpack.prose.vocabulary import frames_of, topics_of

_CHAPTER_TOPICS = {
    "chc": {"chc"},
    "prescribing": {"prescribing"},
    "prescribing_savings": {"prescribing", "savings"},
    "prescribing_versions": {"prescribing", "savings"},
    "mental_health": {"mental_health"},
    "savings": {"savings"},
    "efficiency": {"savings"},
    "corporate": {"corporate"},
    "cash": {"cash"},
    "section75": {"section75"},
    "programmes": {"programmes"},
}
_KINDS = (
    ("variance", "variance|overspen|underspen|shortfall|over_delivery|unidentified|headroom"),
    (
        "change",
        "movement|change|decrease|reduction|adjustment|release|increase|growth|uplift|against",
    ),
    ("share", "share|rate"),
    ("forecast", "forecast|outturn"),
    ("budget", "budget|allocation|allowance|plan|target|limit|requirement"),
    ("actual", "actual|spend|savings|cost|drawdown|balance|identified"),
)
_GENERIC = frozenset(
    "total all ytd year to date budget budgets actual variance annual forecast outturn full plan"
    " overspend underspend share spend in month of and the for services service health care"
    " printed position expenditure not exceed boards places place borough boroughs target limit"
    " shortfall rounded month".split()
)
_STEM = re.compile(r"e?(?:ies|es|s|ed|ing|e|y)$")


@dataclass(frozen=True)
class Facet:
    """One figure, described. `words` are those that set it apart from its subject's headline."""

    figure: Figure
    place: str
    topics: frozenset[str]
    kind: str
    frame: str
    period: str
    words: frozenset[str]
    computed: Figure | None = None

    @property
    def fails(self) -> bool:
        """Whether it is a printed counterpart that its computed figure does not bear out."""
        return self.computed is not None and not _agrees(self.computed, self.figure)

    @property
    def base(self) -> str:
        """The id of the quantity, whether printed or computed."""
        return self.figure.id.removesuffix(f".{PRINTED}")

    @property
    def signed(self) -> Decimal:
        """The value as a variance has it: negative when it is an overspend or a shortfall."""
        value = self.figure.value
        measure = self.figure.measure
        return -value if re.search(r"overspen|shortfall", measure) else value


def describe(register: Register) -> tuple[Facet, ...]:
    """Every figure of the register, described; a what-if bears out nothing that is said as true.

    Lines are what the body that is spoken of calls them (see `directorate_names`).
    """
    known = (figure for figure in register if figure.chapter != WHAT_IF)
    return tuple(_facet(figure, register) for figure in known)


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, so that `drugs` meets `drug`.

    >>> sorted(stems("Drugs costs of the boroughs"))
    ['borough', 'cost', 'drug', 'of', 'the']
    """
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'s", " "))
    return frozenset(_STEM.sub("", word) if len(word) > 3 else word for word in words)


GENERIC = stems(" ".join(_GENERIC))


def _facet(figure: Figure, register: Register) -> Facet:
    label = figure.label.split(",", 1)[0]
    words = f"{label} {figure.line.replace('_', ' ')} {figure.measure.replace('_', ' ')}"
    base = figure.id.removesuffix(f".{PRINTED}")
    is_print = base != figure.id and base in register
    return Facet(
        figure=figure,
        place=figure.place,
        topics=_topics(figure, words),
        kind=_kind(figure),
        frame=_frame(figure),
        period=figure.period,
        words=stems(_own_words(figure)) - GENERIC,
        computed=register[base] if is_print else None,
    )


def _own_words(figure: Figure) -> str:
    """The words of line and measure, without the name of a whole subject."""
    line = "" if own_names().topic(figure.line) else figure.line
    return f"{line} {figure.measure}".replace("_", " ")


def _topics(figure: Figure, words: str) -> frozenset[str]:
    own = own_names().topic(figure.line)
    named = frozenset({own}) if own else topics_of(words)
    return named | _CHAPTER_TOPICS.get(figure.chapter, set())


def _kind(figure: Figure) -> str:
    if figure.unit == "GBP_PER_CLIENT_MONTH":
        return "price"
    if figure.unit == "GBP_PER_MONTH":
        return "run_rate"
    if figure.unit == "COUNT" and "growth" not in figure.measure:
        return "count"
    for kind, pattern in _KINDS:
        if re.search(pattern, figure.measure):
            return kind
    return "amount"


def _frame(figure: Figure) -> str:
    measure = figure.measure
    if measure.startswith("ytd") or "_ytd" in measure:
        return "ytd"
    if "in_month" in measure or measure.endswith("_run_rate"):
        return "month"
    if re.match(r"annual|full_year|forecast|straight_line|revised|original|budgeted", measure):
        return "year"
    return "ytd" if "ytd" in frames_of(figure.label) else ""


def _agrees(computed: Figure, printed: Figure) -> bool:
    if not gap(computed, printed):
        return True
    return abs(computed.value - printed.value) <= tolerance(computed, printed)
