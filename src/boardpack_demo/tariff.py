"""The made-up Drug Tariff: medicines, their prices month by month, and concessions.

Months count on from the first April, and 0 is the March before. Budgets are set on the prices of
the March before their year. Prices are pence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from boardpack.reading.calendar import month_key
from boardpack.reading.snomed import is_snomed
from boardpack_demo.chance import pence
from boardpack_demo.icb import month_of
from boardpack_demo.table import Table, table

CONCESSION = Decimal("1.2")
"""A concession's price as a multiple of the tariff's."""
DEARER_FROM = 2
"""The month from which Category C prices are the new ones."""


@dataclass(frozen=True)
class Medicine:
    """A medicine and its price in pence: in March, and how much it rises each time it is set.

    Category A is set each month, M each quarter, C once, a brand (no category) in April.
    `conceded` are the first and last month of each concession.
    """

    bnf: str
    name: str
    pack: int
    category: str
    march: int
    rise: int
    conceded: tuple[tuple[int, int], ...] = ()

    def price(self, number: int) -> int:
        """The basic price of a month."""
        times = {"A": number, "M": (number + 2) // 3, "C": int(number >= DEARER_FROM)}
        return self.march + self.rise * times.get(self.category, int(number > 0))

    def concession(self, number: int) -> Decimal | None:
        """What is granted for a month, in pounds; None where nothing is."""
        if not any(first <= number <= last for first, last in self.conceded):
            return None
        return pence(self.price(number) * CONCESSION / 100)

    def charged(self, number: int) -> Decimal:
        """The price of a month's items in pounds: the concession, else the tariff's.

        Category A is paid at the following month's price.
        """
        at = number + 1 if self.category == "A" else number
        granted = self.concession(number)
        return Decimal(self.price(at)) / 100 if granted is None else granted


MEDICINES = (
    Medicine("0212000B0AAABAB", "Atorvastatin 20mg tablets", 28, "M", 93, 3),
    Medicine("0212000B0AAACAC", "Atorvastatin 40mg tablets", 28, "M", 115, 4, ((0, 4), (14, 17))),
    Medicine("0103050P0AAAAAA", "Omeprazole 20mg gastro-resistant capsules", 28, "M", 94, 5),
    Medicine("0206020A0AAAAAA", "Amlodipine 5mg tablets", 28, "M", 74, -2, ((1, 3),)),
    Medicine("0601022B0AAABAB", "Metformin 500mg tablets", 28, "A", 97, 2, ((4, 5), (19, 21))),
    Medicine("0601023X0AAAAAA", "Sitagliptin 100mg tablets", 28, "M", 163, -6, ((8, 12), (18, 24))),
    Medicine("0208020Z0AAABAB", "Apixaban 5mg tablets", 56, "M", 204, 6),
    Medicine("0301020Q0AAAAAA", "Tiotropium 18micrograms capsules", 30, "C", 3350, 40),
    Medicine("0906040G0AABXBX", "Colecalciferol 800unit capsules", 30, "C", 360, -9),
    Medicine("0403030E0AAAAAA", "Sertraline 50mg tablets", 28, "M", 92, 1, ((2, 8), (13, 16))),
    Medicine("1001010P0AAADAD", "Naproxen 500mg tablets", 28, "A", 148, 3),
    Medicine("0603020T0AAACAC", "Prednisolone 5mg tablets", 28, "A", 88, -1),
)
BRAND = Medicine("0302000N0BZZZAA", "Wexair 125micrograms inhaler", 1, "", 2345, 60)
"""A brand, which the tariff does not list."""


def tariff(number: int) -> Table:
    """The packs of a month as they are published: a title, and a unit column without a heading."""
    header = ["Medicine", "Pack size", "", "VMP Snomed Code", "VMPP Snomed Code"]
    header += ["Drug Tariff Category", "Basic Price"]
    rows = [_pack(n, medicine, number) for n, medicine in enumerate(MEDICINES)]
    return Table(header, rows, (f"Drug Tariff Part VIIIA {month_of(number).name}", ""))


def _pack(n: int, medicine: Medicine, number: int) -> list[str]:
    unit = "capsule" if "capsule" in medicine.name else "tablet"
    codes = (_snomed(2 * n), _snomed(2 * n + 1))
    category = f"Part VIIIA Category {medicine.category}"
    return [medicine.name, str(medicine.pack), unit, *codes, category, str(medicine.price(number))]


def _snomed(number: int) -> str:
    """A code of the length of a dictionary of medicines' code, with its check digit."""
    stem = f"99{number:03d}11000001{10}"
    return next(code for digit in range(10) if is_snomed(code := f"{stem}{digit}"))


def concessions(numbers: Iterable[int]) -> Table:
    """The concessions of these months."""
    rows = [
        (month_key(month_of(number)), one.name, one.pack, f"£{granted:.2f}")
        for number in numbers
        for one in MEDICINES
        if (granted := one.concession(number)) is not None
    ]
    return table("month drug pack_size price", rows)
