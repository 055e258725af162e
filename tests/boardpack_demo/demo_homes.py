"""Homes of the made-up ICB that tests share: written once for a session, and papers of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack_demo.icb import START
from boardpack_demo.make import SEED
from boardpack_demo.truth import Truth


@lru_cache
def the_truth() -> Truth:
    """What is true of the demonstration that every test reads."""
    return Truth(SEED)


def paper_of_demo(home: Path, number: int, place: str = "alderwick") -> Paper:
    """The paper of a place in a month of the demonstration year."""
    return load_paper(home, Month(START, number), place)
