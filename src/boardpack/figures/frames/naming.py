"""Elements that are named become figures of the register, each with its formula.

An element that stands on others that are named with it names them in its formula, so that a share
of a total says `row / total` and not all rows of the total again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from boardpack.core.errors import BuildFault
from boardpack.figures.figure import Figure
from boardpack.figures.formula import margin_of, operands
from boardpack.figures.frames.expression import FIGURE
from boardpack.figures.frames.traced import Traced
from boardpack.figures.register import Register

BASIS = "notebook"
"""The basis of what a notebook computed, where its author does not say another."""


def to_figures(
    elements: Mapping[str, Any],
    labels: Mapping[str, str] | None = None,
    basis: str = BASIS,
    register: Register | None = None,
) -> list[Figure]:
    """The elements as figures of these ids, each after those that it stands on.

    An id is `chapter.place.line.measure`. Without a label the element's own is taken. Of figures
    that are in the `register` the margin is the register's. What is missing gives no figure; a
    number that was typed, with no figure behind it, is refused.

    >>> from boardpack.figures.frames.traced import traced
    >>> spent, planned = (
    ...     traced(Figure(f"cash.icb.drawdown.{measure}", measure, Decimal(value), "GBP", "icb",
    ...                   "drawdown", measure, "2023/24 M06", "cash", False, ()))
    ...     for measure, value in (("actual", 60), ("limit", 80))
    ... )
    >>> left = planned - spent
    >>> named = {"mine.icb.cash.share": left / planned, "mine.icb.cash.left": left}
    >>> for figure in to_figures(named):
    ...     print(figure.id, figure.value, figure.unit, "=", figure.formula)
    mine.icb.cash.left 20 GBP = cash.icb.drawdown.limit - cash.icb.drawdown.actual
    mine.icb.cash.share 0.25 RATE = mine.icb.cash.left / cash.icb.drawdown.limit
    """
    there = {name: one for name, one in elements.items() if isinstance(one, Traced)}
    _refuse_typed(there)
    names: dict[int, list[str]] = {}
    for name, one in there.items():
        names.setdefault(id(one.expression), []).append(name)
    known = {figure.id: figure for one in there.values() for figure in one.figures.values()}
    margins = {name: _margin(figure, register) for name, figure in known.items()}
    made: list[Figure] = []
    named: dict[int, str] = {}
    seen: set[int] = set()
    for one in there.values():
        for part in one.expression.upwards(seen):
            for name in names.get(id(part), ()):
                label = (labels or {}).get(name, there[name].label)
                formula = part.formula(named)
                figure = _figure(name, label, basis, there[name], formula, known, margins)
                made.append(figure)
                known[name], margins[name] = figure, figure.margin
                if part.sign != FIGURE:  # what is a figure already keeps its own name in formulas
                    named.setdefault(id(part), name)
    return made


def enter(
    register: Register,
    elements: Mapping[str, Any],
    labels: Mapping[str, str] | None = None,
    basis: str = BASIS,
) -> list[Figure]:
    """Enter the elements into the register as figures of these ids; what was entered, in order.

    Figures behind them that the register does not have, such as those of a file that only the
    notebook reads, are entered before them.
    """
    made = to_figures(elements, labels, basis, register)
    new = [one for one in figures_behind(elements.values()) if not _is_known(one, register)]
    return [register.add(figure) for figure in (*new, *made)]


def figures_behind(elements: Iterable[Any]) -> list[Figure]:
    """Every figure that the elements stand on, each once, in the order of their formulas."""
    found: dict[str, Figure] = {}
    for one in elements:
        if isinstance(one, Traced):
            found |= one.figures
    return list(found.values())


def _is_known(figure: Figure, register: Register) -> bool:
    known = register.find(figure.id)
    if known is None:
        return False
    if (known.value, known.unit) != (figure.value, figure.unit):
        raise BuildFault(
            f"The figure {figure.id} is {known.value} {known.unit} in the register and"
            f" {figure.value} {figure.unit} in the notebook. Give the notebook's its own id."
        )
    return True


def _refuse_typed(elements: Mapping[str, Traced]) -> None:
    typed = [f"{name} ({one})" for name, one in elements.items() if not one.is_traced]
    if typed:
        raise BuildFault(
            f"No figure stands behind {', '.join(typed)}: such a number was typed, or left its"
            " trace by float(). Compute it from figures, or read it from a file of the month."
        )


def _margin(figure: Figure, register: Register | None) -> Decimal:
    is_known = register is not None and register.find(figure.id) is not None
    return register.margin(figure.id) if register is not None and is_known else figure.margin


def _figure(
    name: str,
    label: str,
    basis: str,
    one: Traced,
    formula: str,
    known: Mapping[str, Figure],
    margins: Mapping[str, Decimal],
) -> Figure:
    parts = name.split(".")
    if len(parts) < 4:
        raise BuildFault(f"{name} is no id of a figure: write chapter.place.line.measure.")
    used = operands(formula)
    values = {part: known[part].value for part in used}
    return Figure(
        id=name,
        label=label,
        value=one.value,
        unit=one.unit,
        place=parts[1],
        line=parts[2],
        measure=parts[3],
        period=one.period,
        basis=basis,
        is_estimate=one.is_estimate,
        source=formula,
        margin=margin_of(formula, values, {part: margins[part] for part in used}),
    )
