"""The home that is lived in, beside the systems whose extracts arrive in it month by month.

What the team does by hand is done here as by hand: lines of a parameter file are put anew, the rest
of it stays as `new-month` wrote it.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from boardpack.core.periods import Month
from boardpack_demo.make import make_demo

Row = dict[str, str]
OF_THE_MONTH = {"not_supplied", "unchanged"}
"""What the team says anew each month of the extracts that come."""
TO_CONFIRM = re.compile(r"\s*# to be confirmed")


@dataclass(frozen=True)
class Home:
    """The home, and the folder of the systems: all months of the made-up ICB, as they are true."""

    folder: Path
    systems: Path

    def raw(self, month: Month) -> Path:
        """Where a month's extracts stand."""
        return self.folder / "data" / "raw" / month.year_folder / month.code

    def told(self, month: Month) -> Path:
        """The parameters of a month."""
        return self.folder / "params" / month.year_folder / f"{month.code}.yml"

    @property
    def report(self) -> Path:
        """What is told of the organisation."""
        return self.folder / "params" / "report.yml"

    def deliver(self, month: Month, *files: str) -> None:
        """Let extracts of a month come from the systems, as they are true; else all of them."""
        source = self.systems / self.raw(month).relative_to(self.folder)
        self.raw(month).mkdir(parents=True, exist_ok=True)
        for path in [source / name for name in files] or sorted(source.iterdir()):
            shutil.copyfile(path, self.raw(month) / path.name)

    def write(self, month: Month) -> None:
        """Take the team's words on a month; the words of last month stand beside them."""
        words = Path("params") / month.year_folder / month.code
        shutil.copytree(self.systems / words, self.folder / words, dirs_exist_ok=True)

    def confirm(self, month: Month) -> None:
        """Confirm what `new-month` asks to be confirmed, and say what does not come anew."""
        path = self.told(month)
        source = self.systems / path.relative_to(self.folder)
        said = yaml.safe_load(source.read_text(encoding="utf-8"))
        path.write_text(TO_CONFIRM.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
        for key in OF_THE_MONTH & said.keys():
            put(path, key, said[key])

    def take_reference(self, source: Path) -> None:
        """Put the reference files of a home in place of those that stand."""
        target = self.folder / "data" / "reference"
        shutil.copytree(source / "data" / "reference", target, dirs_exist_ok=True)


def begun(folder: Path, months: int) -> Home:
    """A home with its first month begun and delivered, and systems of so many months."""
    home = Home(folder / "home", folder / "systems")
    make_demo(home.folder, months=1)
    make_demo(home.systems, months=months)
    return home


class _Plain(yaml.SafeDumper):
    """Writes each value out where it belongs: a parameter file has no references."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def put(path: Path, key: str, value: object) -> None:
    """Write one key of a parameter file anew, and leave its other lines as they stand."""
    told = yaml.dump({key: value}, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=96)
    text = path.read_text(encoding="utf-8")
    block = rf"(?ms)^{key}:.*?(?=^[^\s#-]|\Z)"
    new, count = re.subn(block, lambda _: told, text)
    path.write_text(new if count else text + told, encoding="utf-8")


def rewrite(path: Path, change: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Write the rows of a file anew, under the header that it has."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        header, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))
