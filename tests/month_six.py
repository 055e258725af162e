"""The Month 6 2023/24 paper of any place: its parameters, and its computed register."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT.parent / "shared" / "reference"


@lru_cache
def paper_for(place: str = "bromley") -> Paper:
    """The Month 6 2023/24 paper of a place."""
    return load_paper(PROJECT, parse_month("2023-24", "M06"), place)


@lru_cache
def whole_register(place: str = "bromley") -> Register:
    """Every figure of the Month 6 2023/24 paper of a place."""
    return compute(paper_for(place), *NEEDS)
