"""Faults to plant by name, for tests and for training: what each does, and what must be said."""

from __future__ import annotations

from boardpack.core.errors import UsageFault, nearest
from boardpack_demo.control_plants import CONTROL_PLANTS
from boardpack_demo.input_plants import INPUT_PLANTS
from boardpack_demo.planting import Plant
from boardpack_demo.tie_out_plants import TIE_OUT_PLANTS

PLANTS: tuple[Plant, ...] = (*INPUT_PLANTS, *TIE_OUT_PLANTS, *CONTROL_PLANTS)


def plant_named(name: str) -> Plant:
    """The plant of a name; UsageFault with the nearest one otherwise."""
    known = {plant.name: plant for plant in PLANTS}
    if name not in known:
        raise UsageFault(f"There is no plant {name!r}. {nearest(name, known)}")
    return known[name]


def told_plants() -> str:
    """Every plant with what it does and what must be said of it, for a person to choose from."""
    parts = []
    for plant in PLANTS:
        ends = "a check must fail" if plant.is_check else "the input must be refused"
        parts.append(f"{plant.name}\n  {plant.file}: {plant.does}\n  {ends}, and say: {plant.says}")
    return "\n".join(parts)
