"""The figures that differ between two editions of a paper, the largest change first, as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from boardpack.audit.comparison.sides import Record
from boardpack.core.money import plain


@dataclass(frozen=True)
class Changed:
    """A figure of both editions whose value differs; a value that is not shown is None."""

    figure: str
    label: str
    unit: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """By how much it changed, where both editions show it."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    def __str__(self) -> str:
        said = (_text(value) or "not shown" for value in (self.before, self.after))
        return f"{self.label} ({self.figure}): {' -> '.join(said)} {self.unit}"


def changed_figures(
    before: Mapping[str, Record], after: Mapping[str, Record]
) -> tuple[Changed, ...]:
    """Every figure of two registers whose value differs: money first, the largest change first.

    Values are compared as numbers: `1.50` and `1.5` are one. What is shown in one of the two only
    weighs all that it is there.
    """
    return tuple(sorted(_changed(before, after), key=_weight))


def changes_csv(changed: tuple[Changed, ...]) -> str:
    """The same as a table for a spreadsheet, the change itself last."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(field.name for field in fields(Changed)), "change"])
    for item in changed:
        numbers = map(_text, (item.before, item.after, item.change))
        writer.writerow([item.figure, item.label, item.unit, *numbers])
    return target.getvalue()


def _changed(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[Changed]:
    for identity, new in after.items():
        old = before.get(identity)
        if old is not None:
            was, now = (None if v is None else Decimal(v) for v in (old["value"], new["value"]))
            if was != now:
                yield Changed(identity, str(new["label"]), str(new["unit"]), was, now)


def _weight(item: Changed) -> tuple[bool, Decimal, str]:
    size = abs((item.after or Decimal(0)) - (item.before or Decimal(0)))
    return item.unit != "GBP", -size, item.figure


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
