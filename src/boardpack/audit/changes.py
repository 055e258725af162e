"""The figures that differ between two editions of a paper, the largest change first, as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from boardpack.audit.edition import Edition
from boardpack.money import plain


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


def changed_figures(before: Edition, after: Edition) -> tuple[Changed, ...]:
    """Every figure whose value differs: amounts of money first, and among them the largest."""
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


def _changed(before: Edition, after: Edition) -> Iterator[Changed]:
    for identity, new in after.figures.items():
        old = before.figures.get(identity)
        if old is not None:
            was, now = (None if v is None else Decimal(v) for v in (old["value"], new["value"]))
            if was != now:
                yield Changed(identity, str(new["label"]), str(new["unit"]), was, now)


def _weight(item: Changed) -> tuple[bool, bool, Decimal, str]:
    size = abs(item.change or Decimal(0))
    return item.unit != "GBP", item.change is None, -size, item.figure


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
