"""Programmes that are costed across settings: `params/programmes/<name>.yml`, one file each.

A programme is what a board asks after by a disease: its hospital activity, its medicines, and its
community services. A second programme is a second file, and no change to the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.parameter_files import Strict, Words, load_parameters

if TYPE_CHECKING:  # `render` asks for the parameters of a paper that is left as it is
    from boardpack.reading.folder import Folder

Setting = Literal["elective", "non_elective", "outpatient"]
FOLDER = Path("params/programmes")
_NAME = re.compile(r"[a-z0-9_]+")
_BNF = re.compile(r"\d{2}(?:\.\d{2})*|\d{2}[0-9A-Z]*")
_CODE = re.compile(r"(\d+)\b")


class Programme(Strict):
    """One programme, as its file tells it.

    `activity` names, by setting, the specialties of `programme_activity.csv` that are the
    programme's, by code (`"302"`) or in full. `bnf_prefixes` begin the codes of its medicines:
    `06.01` or `0601`. `community_cost_centres` are those of the ledger. `gaps` are sentences on
    what is known to be missing, which the page prints.
    """

    name: Words
    activity: dict[Setting, list[Words]] = Field(default={})
    bnf_prefixes: list[Words] = Field(default=[])
    community_cost_centres: list[Words] = Field(default=[])
    gaps: list[Words] = Field(default=[])

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of BNF codes, without points: `0601`."""
        return tuple(one.replace(".", "") for one in self.bnf_prefixes)

    def counts(self, setting: str, specialty: str) -> bool:
        """Whether activity of a specialty in a setting is the programme's."""
        return any(
            specialty_code(one) == specialty_code(specialty)
            for where, names in self.activity.items()
            for one in names
            if where == setting
        )


@dataclass(frozen=True)
class Programmes:
    """The programmes by the name of their file, which is a part of their figures' ids."""

    found: Mapping[str, Programme] = field(default_factory=dict)
    file: str = FOLDER.as_posix()
    sha256: str = ""
    notes: tuple[Fault, ...] = ()

    @property
    def row_count(self) -> int:
        """How many programmes there are."""
        return len(self.found)


def read_programmes(folder: Folder) -> Programmes:
    """Every programme, in order of file names; none where there is no such folder.

    Raises InputFaults with all that is wrong in any of the files.
    """
    found, faults = read_programme_files(folder.paper.home)
    if faults:
        raise InputFaults(faults)
    return Programmes(found)


def read_programme_files(home: Path) -> tuple[dict[str, Programme], list[Fault]]:
    """The programmes of a home by the name of their file, and all that is wrong in the files."""
    found: dict[str, Programme] = {}
    faults: list[Fault] = []
    for path in sorted((home / FOLDER).glob("*.yml")):
        file = FOLDER / path.name
        programme = load_parameters(home, file, Programme, faults)
        if programme is not None:
            faults += _faults(file, programme)
            found[path.stem] = programme
    return found, faults


def specialty_code(specialty: str) -> str:
    """What tells a specialty: the code before its name, else the name: `307 Diabetes` is `307`.

    >>> specialty_code("307 Diabetes"), specialty_code("Diabetes service")
    ('307', 'diabetes service')
    """
    code = _CODE.match(specialty.strip())
    return code[1] if code else " ".join(specialty.lower().split())


def _faults(file: Path, programme: Programme) -> Iterator[Fault]:
    name = file.as_posix()
    if not _NAME.fullmatch(file.stem):
        remedy = "Rename the file: it becomes a part of figure ids."
        yield Fault(name, "a file name of small letters, digits and underscores", remedy)
    for one in programme.bnf_prefixes:
        if not _BNF.fullmatch(one):
            expected = "the beginning of a BNF code, such as 06.01 or 0601"
            remedy = "Write chapter, section and paragraph with two digits each."
            yield Fault(name, expected, remedy, column="bnf_prefixes", value=one)
    if not (programme.activity or programme.bnf_prefixes or programme.community_cost_centres):
        remedy = "Add activity, bnf_prefixes or community_cost_centres."
        yield Fault(name, "something that the programme is made of", remedy)
