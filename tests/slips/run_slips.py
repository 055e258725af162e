"""Make every slip, and write `docs/slips.md`: python scripts/slips.py [--draws N]."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all tests share

from month_six import PROJECT

from catalogue import CATALOGUE
from chance_slips import chance_slips, drawn_of
from outcomes import Outcome, outcome_of
from printed import Printed, printed
from slip import Slip
from slip_home import SlipHome
from slips_told import slips_page

PAGE = PROJECT / "docs" / "slips.md"


def main(arguments: list[str]) -> int:
    """Run the catalogue and the slips drawn by chance; how many are silent is the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=0, help="only so many slips by chance")
    parser.add_argument("--keep", type=Path, help="write each outcome here too, and take it up")
    told = parser.parse_args(arguments)
    drawn = chance_slips()
    chosen = drawn_of(drawn, told.draws) if told.draws else drawn
    with tempfile.TemporaryDirectory() as folder:
        home = SlipHome(Path(folder) / "home")
        run = _Run(home, printed(home), told.keep)
        catalogue = [run.outcome(slip) for slip in CATALOGUE]
        chance = [run.outcome(slip) for slip in chosen]
        materiality = home.paper().report.materiality.amount
    gc.unfreeze()
    page = slips_page(catalogue, chance, len(drawn), materiality)
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    silent = [one for one in (*catalogue, *chance) if not one.is_noticed and one.size]
    print(f"{len(catalogue)} slips of the catalogue, {len(chance)} by chance; {len(silent)} silent")
    return 0


class _Run:
    """Slips made one after the other; what a run that broke off has kept is taken up."""

    def __init__(self, home: SlipHome, headlines: Printed, kept: Path | None) -> None:
        self.home, self.headlines, self.kept = home, headlines, kept
        self.known: dict[tuple[str, str, str], Outcome] = {}
        for one in _read(kept) if kept is not None and kept.exists() else ():
            self.known[one.kind, one.file, one.does] = one

    def outcome(self, slip: Slip) -> Outcome:
        key = (slip.kind, slip.file, slip.does)
        if key in self.known:
            return self.known[key]
        found = outcome_of(slip, self.home.slipped(slip), self.home.clean, self.headlines)
        if self.kept is not None:
            with self.kept.open("a", encoding="utf-8") as out:
                out.write(json.dumps(found.to_json()) + "\n")
        return found


def _read(kept: Path) -> Iterable[Outcome]:
    for line in kept.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield Outcome(**{**item, "expected": tuple(item["expected"])})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
