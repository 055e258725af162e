"""Make every slip, and write `docs/slips.md`: python scripts/slips.py [--draws N]."""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import yaml

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all tests share

from month_six import PROJECT

from boardpack_demo.parameters import report
from catalogue import CATALOGUE
from chance_slips import chance_slips, drawn_of
from outcomes import Outcome, outcome_of
from printed import Printed, printed
from slip import Slip
from slip_home import SlipHome
from slips_told import slips_page

PAGE = PROJECT / "docs" / "slips.md"


def main(arguments: list[str]) -> int:
    """Make the slips of the catalogue and those by chance, and write the page of what came."""
    parser = argparse.ArgumentParser(prog="slips.py", description=__doc__)
    parser.add_argument("--draws", type=int, default=0, help="only so many slips by chance")
    parser.add_argument("--keep", type=Path, help="a file of outcomes, to go on with after a break")
    parser.add_argument("--only", type=re.compile, help="only those whose name fits this pattern")
    parser.add_argument("--part", type=_part, help="make every Nth only, to be kept: 1/2, then 2/2")
    parser.add_argument("--only-kept", action="store_true", help="make no more; show what is kept")
    told = parser.parse_args(arguments)
    possible = chance_slips()
    chosen = drawn_of(possible, told.draws) if told.draws else possible
    if (told.part or told.only) and told.keep is None:
        parser.error("some of the slips are of use only where they are kept: add --keep FILE")
    with tempfile.TemporaryDirectory() as folder:
        run = _Run(Path(folder) / "home", told.keep)
        if told.part or told.only:
            for slip in _some((*CATALOGUE, *chosen), told.part or (1, 1), told.only):
                run.outcome(slip)
            return 0
        catalogue, chance = (
            [run.outcome(slip) for slip in slips if key_of(slip) in run.known or not told.only_kept]
            for slips in (CATALOGUE, chosen)
        )
    gc.unfreeze()
    materiality = Decimal(yaml.safe_load(report())["materiality"]["amount"])
    page = slips_page(catalogue, chance, (len(CATALOGUE), len(possible)), materiality)
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    otherwise = sum(not one.is_as_expected for one in catalogue)
    print(f"{len(catalogue)} slips of the catalogue, {otherwise} not as expected.", end=" ")
    print(f"{len(chance)} by chance. Wrote {PAGE.relative_to(PROJECT)}")
    return 0


def _some(slips: Sequence[Slip], part: tuple[int, int], only: re.Pattern[str] | None) -> list[Slip]:
    """The slips of a part whose names fit a pattern."""
    which, of = part
    return [slip for slip in slips[which - 1 :: of] if only is None or only.search(slip.name)]


def _part(text: str) -> tuple[int, int]:
    """A part such as `1/2`: which, and of how many."""
    which, _, of = text.partition("/")
    if not (which.isdigit() and of.isdigit() and 1 <= int(which) <= int(of)):
        raise argparse.ArgumentTypeError("a part such as 1/2")
    return int(which), int(of)


class _Run:
    """Slips made one after the other, in a home that is written for the first that is not known."""

    def __init__(self, folder: Path, kept: Path | None) -> None:
        self.folder, self.kept = folder, kept
        self.known = dict(_read(kept)) if kept is not None and kept.exists() else {}

    @cached_property
    def home(self) -> SlipHome:
        return SlipHome(self.folder)

    @cached_property
    def headlines(self) -> Printed:
        return printed(self.home)

    def outcome(self, slip: Slip) -> Outcome:
        key = key_of(slip)
        if key not in self.known:
            headlines, found = self.headlines, self.home.slipped(slip)
            self.known[key] = outcome_of(slip, found, self.home.clean, headlines)
            if self.kept is not None:
                line = json.dumps(self.known[key].to_json())
                with self.kept.open("a", encoding="utf-8") as out:
                    out.write(f"{line}\n")
        return self.known[key]


def key_of(one: Slip | Outcome) -> tuple[str, str, str]:
    """What tells a slip from all others; one by chance may do what one of the catalogue does."""
    return one.kind, one.file, one.does


def _read(kept: Path) -> Iterator[tuple[tuple[str, str, str], Outcome]]:
    for line in kept.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found = Outcome(**{**item, "expected": tuple(item["expected"])})
        yield key_of(found), found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
