"""The field's words: subjects, measures, time frames, directions, and the periods they name.

Figures and sentences are described with the same words, so that they can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.report import Report
from boardpack.core.structure import CENTRAL, ICB
from boardpack.prose.directorate_names import OwnNames, own_names, patterns_of

TOPICS = {
    "acute": r"\bacute\b",
    "community": r"\bcommunity (?:health )?(?:services?|budgets?)\b",
    "mental_health": r"\bmental health\b|\bmhis\b|\bmh\b|\bcpc\b|\bcost per case\b|\bsection 117\b"
    r"|\bs\.?117\b",
    "chc": r"\bchc\b|\bcontinuing (?:health ?)?care\b",
    "prescribing": r"\bprescrib(?:ing|ed)\b|\bppa\b|\bpmd\b|\bcat(?:egory)? m\b|\bncso\b"
    r"|\bmedicines (?:spend|budget|optimisation)\b",
    "other_primary_care": r"\bother primary care\b",
    "other_programmes": r"\bother programme\b",
    "programme_wide": r"\bprogramme wide\b",
    "dpo": r"\bdpo\b|\bpharmacy,? (?:optometry|ophthalmic)\b",
    "delegated_primary_care": r"\bdelegated primary care\b",
    "corporate": r"\bcorporate\b|\brunning costs?\b|\bmanagement costs?\b|\bstaff establishments?\b"
    r"|\badmin(?:istrative)? costs?\b|\brca\b",
    "savings": r"\bsavings?\b|\befficienc(?:y|ies)\b|\bqipp\b",
    "cash": r"\bcash\b|\bdraw\w*[ -]?downs?\b|\bacdr\b|\bmcd\b|\bbank balance\b",
    "bppc": r"\bbppc\b|\bbetter (?:practice payments?|payment practice)\b|\bcreditors?\b"
    r"|\binvoices\b",
    "section75": r"\bsection 75\b|\bs\.?75\b|\bcouncil\b",
    "programmes": r"\bprogramme (?:level|budget\w*|reporting)\b|\bhealth spend\b"
    r"|\bbudgeted spend\b",
    "reserve": r"\breserves?\b",
    "surplus": r"\bsurplus\b",
    "high_cost": r"\bhigh[- ]cost\b",
}
_TOPIC = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in TOPICS.items()}

KINDS = {
    "variance": r"over-?\s?sp[e]n[dt]\w*|under-?\s?sp[e]n[dt]\w*|variance|shortfall"
    r"|(?:over|under)[- ]deliver\w*|behind plan|ahead of plan|adverse|favourable|break-?\s?even"
    r"|\bpressures?\b",
    "change": r"\bincreas\w*|\bdecreas\w*|\breduc\w*|\bris(?:e|es|en|ing)\b|\brose\b|\bfall\w*"
    r"|\bfell\b|\bgrew\b|\bgrow\w*|\bmovement\b|\bimprov\w*|\bworsen\w*|\bhigher\b|\blower\b"
    r"|\brelease\w*",
    "forecast": r"\bforecast\w*|\boutturn\b|\bfot\b",
    "budget": r"\bbudget(?:s|ed)?\b|\ballocations?\b|\ballowance\b|\bplan\b|\bplanned\b"
    r"|\btargets?\b|\brequirement\b|\blimit\b|\bfunding\b",
    "actual": r"\bactual\b|\bspend\b|\bspent\b|\bexpenditure\b|\bspending\b|\bdelivered\b"
    r"|\bdelivery\b|\bbalance\b|\boutturn\b",
    "price": r"\bprices?\b|\bcosts? per\b|\bpackage costs?\b",
    "run_rate": r"\brun[- ]?rate\b|\ba month\b|\bper month\b|\beach month\b",
}
_KIND = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in KINDS.items()}

FRAMES = {
    "ytd": r"\byear[- ]to[- ]date\b|\bytd\b|\bto date\b|\bso far\b",
    "year": r"\bforecast\w*|\boutturn\b|\bfot\b|\byear[- ]?end\b|\bend of the (?:financial )?year\b"
    r"|\bfull[- ]year\b|\bannual\b|\bfor the year\b|\bwhole year\b|\bstart of the year\b"
    r"|\bin year\b",
    "month": r"\bin[- ]month\b|\bthis month\b|\bin the month\b|\bmonthly\b",
}
_FRAME = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in FRAMES.items()}
_AT_MONTH = re.compile(r"\b(?:as )?at month\b", re.IGNORECASE)

OVER = re.compile(
    r"over-?\s?spen[dt]\w*|\bshortfall\b|under[- ]deliver\w*|\bbehind plan\b|\badverse\b"
    r"|\bover budget\b|\bdeficit\b",
    re.IGNORECASE,
)
UNDER = re.compile(
    r"under-?\s?spen[dt]\w*|over[- ]deliver\w*|\bahead of plan\b|\bfavourable\b|\bunder budget\b",
    re.IGNORECASE,
)
LEVEL = re.compile(r"\bbreak(?:s|ing)?[- ]?even\b", re.IGNORECASE)
UP = re.compile(r"\bincreas\w*|\brises?\b|\brisen\b|\brose\b|\bgrew\b|\bgrown\b|\bgrowth\b", re.I)
DOWN = re.compile(
    r"\bdecreas\w*|\breduc\w*|\bfall(?:s|en)?\b|\bfell\b|\bdropp?\w*|\blower(?:ed)? by\b", re.I
)
MOVED = re.compile(
    r"improv|worse|worst|better|best|deteriorat|(?:high|low|larg|small|bigg|great)e[rs]"
    r"|\b(?:all|every|only|most|majority|half|third|quarter)\b"
    r"|\b(?:small|slight|minor|marginal|minimal|modest|negligible)\b",
    re.I,
)
"""Words that tell a movement or a comparison without saying which way is good."""
APPROXIMATE = re.compile(
    r"\b(?:circa|c\.|approximately|approx\.?|around|about|some|roughly|nearly|almost)\s*[(]?$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)?|in excess of|at least"
    r"|upwards of)\s*[(]?$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:(?:less|fewer|lower|no more) than|under|below|nearly|almost|up to)\s*[(]?$",
    re.IGNORECASE,
)
NOBODY = re.compile(r"\b(?:nothing|none|nobody|neither)\b[^.,;:]*$", re.IGNORECASE)
"""Words before a direction by which it is said of nobody."""
_NAMES = (
    "april may june july august september october november december january february march"
).split()
_YEAR = re.compile(r"\b(?:20)?(\d\d)[/-](?:20)?(\d\d)\b")
_MONTH = re.compile(r"\b(?:month|m)\s?0?(\d{1,2})\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:quarter\s|q)([1-4])\b", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:from|over|on|than|above|since|against|compared (?:to|with)) (?:the )?"
    r"(?:20)?\d\d[/-](?:20)?\d\d",
    re.IGNORECASE,
)
_DATA = re.compile(r"\bdata \((?:to|for|from) [^()]*\)|\bm(?:onth )?\d{1,2} (?:\S+ )?data\b", re.I)
"""The month of the data that a figure rests on is not the figure's own."""
SECONDARY = frozenset({"high_cost", "reserve", "surplus"})


def widened(topics: frozenset[str], around: Iterable[str]) -> frozenset[str]:
    """Subjects that only make sense within another take it from the words around them."""
    if not topics or topics - SECONDARY:
        return topics
    wider = (topics_of(words) - SECONDARY for words in around)
    return topics | next((found for found in wider if found), frozenset())


def topics_of(words: str) -> frozenset[str]:
    """The subjects that words name, by the field's words and by the names of the body.

    >>> sorted(topics_of("prescribing and continuing healthcare"))
    ['chc', 'prescribing']
    """
    return _topics_of(words, own_names())


@lru_cache(maxsize=8192)
def _topics_of(words: str, names: OwnNames) -> frozenset[str]:
    found = {name for name, pattern in _TOPIC.items() if pattern.search(words)}
    found |= {topic for topic, pattern in patterns_of(names) if pattern.search(words)}
    if "dpo" in found:
        found.discard("delegated_primary_care")
    return frozenset(found)


def bound_of(before: str) -> int:
    """1 where the words right before a number say that it is more, -1 where less, else 0.

    >>> bound_of("more than "), bound_of("nearly "), bound_of("spend of ")
    (1, -1, 0)
    """
    return 1 if _AT_LEAST.search(before) else -1 if _AT_MOST.search(before) else 0


def kinds_of_words(words: str) -> frozenset[str]:
    """The measures that words name.

    >>> sorted(kinds_of_words("a forecast overspend against the budget"))
    ['budget', 'forecast', 'variance']
    """
    return frozenset(name for name, pattern in _KIND.items() if pattern.search(words))


def frames_of(words: str) -> frozenset[str]:
    """The time frames that words name: year to date, the full year, the month.

    `At month 6` means the year to date where no other frame is named.

    >>> frames_of("the full year forecast"), frames_of("At month 6")
    (frozenset({'year'}), frozenset({'ytd'}))
    """
    found = frozenset(name for name, pattern in _FRAME.items() if pattern.search(words))
    return found or frozenset({"ytd"} if _AT_MONTH.search(words) else ())


def places_of(words: str, report: Report, place: str) -> tuple[str, ...]:
    """The places that words name, in their order; `Bromley ICB` is Bromley, not the ICB."""
    found: list[tuple[int, str]] = []
    for slug, name in report.places.items():
        pattern = rf"\b{re.escape(name)}\b"
        found += [(m.start(), slug) for m in re.finditer(pattern, words, re.IGNORECASE)]
    names = "|".join(map(re.escape, report.places.values()))
    rest = re.sub(rf"\b(?:{names})\b(?:'s)?\s+(?:ICB|LCP)\S*", " " * 4, words, flags=re.IGNORECASE)
    whole = r"\bICB\b|\bSEL\b|\bSouth[- ]East London\b|\ball (?:six )?(?:boroughs|places)\b"
    whole = rf"{whole}|\b{re.escape(report.area_name)}\b"
    found += [(m.start(), ICB) for m in re.finditer(whole, rest, re.IGNORECASE)]
    if place != ICB:
        own = re.finditer(r"\b(?:the|this|our) (?:borough|place)\b(?!s)", words, re.IGNORECASE)
        found += [(m.start(), place) for m in own]
    centre = re.finditer(r"\bcentral(?:ly)?\b|\bthe centre\b", words, re.IGNORECASE)
    found += [(m.start(), CENTRAL) for m in centre]
    return tuple(dict.fromkeys(slug for _, slug in sorted(found)))


def periods_of(words: str, month: Month) -> frozenset[str]:
    """The periods that words name, as figures write them: `2023/24 M05`, `2022/23 Q1`.

    >>> periods_of("since Month 5", Month(2023, 6)), periods_of("in 2022/23", Month(2023, 6))
    (frozenset({'2023/24 M05'}), frozenset({'2022/23'}))
    """
    words = _DATA.sub(" ", _BASE.sub(" ", words))
    years = [f"20{a}/{b}" for a, b in _YEAR.findall(words) if (int(a) + 1) % 100 == int(b)]
    parts = [f"M{int(m):02d}" for m in _MONTH.findall(words) if 1 <= int(m) <= MONTHS_IN_YEAR]
    parts += [f"Q{quarter}" for quarter in _QUARTER.findall(words)]
    names = rf"\b({'|'.join(_NAMES)})\b"
    for found in re.finditer(names, words, re.IGNORECASE):
        if found[0] not in ("may", "march"):
            parts.append(f"M{_NAMES.index(found[0].lower()) + 1:02d}")
    found_last = re.search(r"\blast month\b|\bprevious month\b", words, re.IGNORECASE)
    last = {month.earlier(1).period} if found_last else set()
    if not parts:
        return frozenset(last or years)
    return frozenset(last) | {f"{year} {part}" for year in years or [month.year] for part in parts}
