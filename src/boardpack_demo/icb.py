"""The fictional Integrated Care Board: its places, directorates, cost centres and providers.

Every name is made up. Codes are of a form that the real systems use and of no real body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.core.structure import CENTRAL

START = 2024
"""The first year of the demonstration begins in April of this year."""
GROWTH = Decimal("1.04")
"""By how much budgets grow from year to year."""
NAME, SHORT = "NHS Wexmoor Integrated Care Board", "Wexmoor ICB"
PLACES = {
    "alderwick": "Alderwick",
    "brockmere": "Brockmere",
    "caldenhurst": "Caldenhurst",
    "eddlestow": "Eddlestow",
}
SIZES = {
    "alderwick": Decimal("1"),
    "brockmere": Decimal("1.2"),
    "caldenhurst": Decimal("0.9"),
    "eddlestow": Decimal("0.7"),
}
MORE_PLACES = (
    ("fennimarsh", "Fennimarsh", Decimal("0.8")),
    ("gorsewell", "Gorsewell", Decimal("1.1")),
    ("hathermoor", "Hathermoor and Ingle Valley", Decimal("1.3")),
    ("jessamere", "Jessamere", Decimal("0.6")),
    ("kestrelford", "Kestrelford", Decimal("1")),
    ("larkhollow", "Larkhollow", Decimal("0.7")),
    ("merrowdale", "Merrowdale", Decimal("0.9")),
    ("nettlewyke", "Nettlewyke", Decimal("0.8")),
    ("oxenshaw", "Oxenshaw", Decimal("1.2")),
    ("pendlewick", "Pendlewick", Decimal("0.6")),
    ("quarrendale", "Quarrendale", Decimal("0.7")),
    ("rushwater", "Rushwater", Decimal("1")),
    ("silverbeck", "Silverbeck", Decimal("1.1")),
    ("thrushcombe", "Thrushcombe", Decimal("0.9")),
    ("umbercroft", "Umbercroft", Decimal("0.8")),
    ("wystanbury", "Wystanbury", Decimal("0.7")),
)
"""Further places with their sizes, for an ICB that has more than four."""
DIRECTORATES = {
    "acute_services": "Acute Services",
    "community_health_services": "Community Health Services",
    "mental_health_services": "Mental Health Services",
    "continuing_care_services": "Continuing Care Services",
    "prescribing": "Prescribing",
    "other_primary_care_services": "Other Primary Care Services",
    "other_programme_services": "Other Programme Services",
    "delegated_primary_care_services": "Delegated Primary Care Services",
    "corporate_budgets": "Corporate Budgets",
}
PROVIDERS = (
    "Wexmoor Infirmary",
    "Vale of Wexmoor Hospitals",
    "Wexmoor Community Partnership",
    "Wexmoor Mental Health Partnership",
)
MOVES_FROM, MOVES_TO = 7, "other_programme_services"
"""The month from which the equipment centres belong to another directorate, and to which."""


@dataclass(frozen=True)
class Centre:
    """A cost centre: its code, name, place, directorate at the start of the year, and group."""

    code: str
    description: str
    place: str
    directorate: str
    group: str = ""
    moves: bool = False

    def directorate_in(self, number: int) -> str:
        """The directorate in a month, counted on from the first, after a reorganisation too."""
        return MOVES_TO if self.moves and number >= MOVES_FROM else self.directorate


_OF_A_PLACE = (
    ("01", "LOCAL ACUTE CONTRACTS", "acute_services", "", 4_600),
    ("02", "PATIENT TRANSPORT", "acute_services", "", 1_300),
    ("11", "COMMUNITY NURSING AND THERAPIES", "community_health_services", "", 32_000),
    ("12", "COMMUNITY BEDS AND REABLEMENT", "community_health_services", "", 8_500),
    ("13", "COMMUNITY EQUIPMENT", "community_health_services", "", 2_400),
    ("14", "COMMUNITY DIABETES SERVICE", "community_health_services", "", 1_150),
    ("21", "MENTAL HEALTH PLACEMENTS", "mental_health_services", "", 5_200),
    ("22", "MENTAL HEALTH VOLUNTARY SECTOR", "mental_health_services", "", 2_100),
    ("31", "CONTINUING HEALTHCARE", "continuing_care_services", "", 0),
    ("32", "FUNDED NURSING CARE", "continuing_care_services", "", 0),
    ("41", "PRESCRIBING", "prescribing", "", 0),
    ("51", "LOCAL ENHANCED SERVICES", "other_primary_care_services", "", 1_700),
    ("52", "OUT OF HOURS", "other_primary_care_services", "", 2_600),
    ("61", "BETTER CARE FUND PROGRAMMES", "other_programme_services", "", 3_100),
    ("71", "GENERAL MEDICAL SERVICES", "delegated_primary_care_services", "", 27_000),
    ("72", "PRIMARY CARE NETWORKS", "delegated_primary_care_services", "", 7_400),
    ("81", "MEDICINES MANAGEMENT - CLINICAL", "corporate_budgets", "programme", 900),
    ("82", "PLACE MANAGEMENT", "corporate_budgets", "admin", 1_600),
)
_OF_THE_CENTRE = (
    ("01", "ACUTE CONTRACTS", "acute_services", "", 980_000),
    ("02", "AMBULANCE SERVICES", "acute_services", "", 54_000),
    ("03", "INDEPENDENT SECTOR ACUTE", "acute_services", "", 61_000),
    ("11", "COMMUNITY CONTRACTS", "community_health_services", "", 112_000),
    ("21", "MENTAL HEALTH CONTRACTS", "mental_health_services", "", 208_000),
    ("22", "CHILDREN AND YOUNG PEOPLE MENTAL HEALTH", "mental_health_services", "", 19_000),
    ("51", "PRIMARY CARE DEVELOPMENT", "other_primary_care_services", "", 9_000),
    ("61", "RESERVES", "other_programme_services", "", 36_000),
    ("71", "DENTAL, OPTICAL AND PHARMACY", "delegated_primary_care_services", "", 83_000),
    ("81", "SAFEGUARDING", "corporate_budgets", "programme", 2_200),
    ("82", "NURSING AND QUALITY", "corporate_budgets", "programme", 3_100),
    ("91", "CHAIR AND NON-EXECUTIVES", "corporate_budgets", "admin", 700),
    ("92", "FINANCE", "corporate_budgets", "admin", 4_800),
    ("93", "DIGITAL AND ESTATES", "corporate_budgets", "admin", 6_300),
    ("94", "PEOPLE AND COMMUNICATIONS", "corporate_budgets", "admin", 3_400),
)
RESERVES = "749061"


def centres(sizes: Mapping[str, Decimal]) -> tuple[tuple[Centre, Decimal], ...]:
    """Every cost centre of places with their sizes, and its opening budget in pounds.

    The budget is nil where another truth sets it; the centre's grows with the places.
    """
    found = []
    grown = sum(sizes.values(), Decimal(0)) / sum(SIZES.values())
    for number, place in enumerate((*sizes, CENTRAL)):
        rows = _OF_THE_CENTRE if place == CENTRAL else _OF_A_PLACE
        block = "90" if place == CENTRAL else f"{number % 8 + 1}{number // 8}"
        for code, name, directorate, group, thousands in rows:
            moves = name == "COMMUNITY EQUIPMENT" and place == "brockmere"
            centre = Centre(f"74{block}{code}", name, place, directorate, group, moves)
            amount = (
                thousands * 1000 * sizes[place] if place in sizes else int(thousands * 1000 * grown)
            )
            found.append((centre, Decimal(amount)))
    return tuple(found)


def month_of(number: int) -> Month:
    """A month of the demonstration, counted on from its first: 13 opens its second year."""
    return Month(START, 1).earlier(1 - number)
