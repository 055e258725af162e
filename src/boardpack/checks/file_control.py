"""A control on what a file says, beside what other files say: declared once, with its limits.

Where a whole file is out, it is one finding that stops a release, and what rests on the file
follows from it (`whole_file`). A single line that is out is a question, which may be answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath
from statistics import median

from boardpack.checks.check import Check, Severity, in_words, not_applicable
from boardpack.checks.extracts import KIND, extract_check
from boardpack.checks.plausibility import KIND as QUESTION
from boardpack.core.money import plain, round_half_up
from boardpack.core.periods import Month
from boardpack.figures.labels import slug

ONE = Decimal(1)
"""The limit, low and high, of a control on what must be just so."""
TOLD, MANY = 5, 10
"""So many lines are told of a finding; more lines than that, of one file, are one finding."""


@dataclass(frozen=True)
class FileControl:
    """A control: its name, what holds where it is kept, what a ratio may be at least and at most.

    `why` is the reason of these limits. Those of a whole file are for the middle of its ratios.
    """

    name: str
    title: str
    low: Decimal
    high: Decimal
    why: str

    def holds(self, ratio: Decimal) -> bool:
        """Whether a ratio is within the limits, which belong to them."""
        return self.low <= ratio <= self.high

    def middle(self, ratios: Sequence[Decimal], fewest: int) -> Decimal | None:
        """The middle of the ratios where it is out; None where it holds, or of too few."""
        if len(ratios) < fewest:
            return None
        found = median(ratios)
        return None if self.holds(found) else found


def of_file(
    control: FileControl,
    file: str,
    sentence: str = "",
    cause: str = "",
    severity: Severity = "error",
) -> Check:
    """The check of a control on one file; it fails where a sentence says what is wrong."""
    path = PurePosixPath(file)
    identity = extract_check(path.stem.lower(), control.name)
    said = sentence and f"{sentence} {control.why}"
    return in_words(identity, f"{control.title}: {path.name}", KIND, severity, said, cause)


def of_month(check: Check, month: Month) -> Check:
    """The check of one month of a file that holds several."""
    identity = f"{check.id}.{slug(month.written)}"
    return replace(check, id=identity, title=f"{check.title}, {month.name}")


def of_lines(
    control: FileControl, file: str, lines: Mapping[str, str], cause: str
) -> Iterator[Check]:
    """A question for each line that is out, by what it is about; one for all where they are many.

    `lines` says of each what is out. Where none is, one check says that all of them hold.
    """
    stem, title = f"plausible.{control.name}", f"{control.title}: {short(file)}"
    if not lines:
        yield in_words(stem, title, QUESTION, "warning", "")
    elif len(lines) > MANY:
        first = " ".join(list(lines.values())[:TOLD])
        said = f"{len(lines):,} lines of {file}. The first of them: {first} {control.why}"
        yield in_words(stem, title, QUESTION, "warning", said, cause)
    else:
        for about, sentence in lines.items():
            identity, title = f"{stem}.{slug(about)}", f"{control.title}: {about}"
            yield in_words(identity, title, QUESTION, "warning", f"{sentence} {control.why}", cause)


def not_compared(control: FileControl, extract: str, why: str) -> Check:
    """A control on a file that this month gives nothing to compare with."""
    return not_applicable(extract_check(extract, control.name), control.title, KIND, why)


def beside_others(amounts: Mapping[Month, Decimal], month: Month) -> Decimal:
    """The middle of the other months' amounts, which one that is out does not draw to itself.

    Of two others it would: half-way to the one that is out, the third would seem to be out too. So
    of three months the middle one is taken.

    >>> amounts = {Month(2023, number): Decimal(900) for number in (1, 2, 3)}
    >>> beside_others({**amounts, Month(2023, 4): Decimal(90)}, Month(2023, 4))
    Decimal('900')
    """
    others = [amount for when, amount in amounts.items() if when != month]
    return median(amounts.values() if len(others) == 2 else others)


def short(file: str) -> str:
    """A file's name for a sentence, without its folder.

    >>> short("data/raw/2023-24/M06/ledger.csv")
    'ledger.csv'
    """
    return PurePosixPath(file).name


def said_ratio(ratio: Decimal) -> str:
    """A ratio for a sentence: `136 times`, `1.4 times`, `0.99 times`, `0.008 times`.

    >>> said_ratio(Decimal("1.25")), said_ratio(Decimal(3))
    ('1.3 times', '3 times')
    """
    steps = ((Decimal(10), "1"), (Decimal(1), "0.1"), (Decimal("0.1"), "0.01"))
    step = next((step for least, step in steps if ratio >= least), "0.001")
    return f"{plain(round_half_up(ratio, Decimal(step)))} times"
