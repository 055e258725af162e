"""The review of both locks: each package with its version, its licence and what it is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENT = PROJECT / "docs" / "dependencies.md"
LOCKS = ("requirements.txt", "requirements-dev.txt")
HEAVIEST = 7
MEGABYTE = 1_000_000
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)(?: ; ([^\\]+))?")
_NEEDED = re.compile(r"^([A-Za-z0-9._-]+)")

FOR = {
    "duckdb": "reads and sums item-level files, under ibis-framework",
    "pyarrow-hotfix": "closes a hole of old pyarrow, under ibis-framework",
    "cryptography": "signs bundles and checks signatures",
    "fonttools": "reads the outlines of a PDF's letters, for the second reader",
    "great-tables": "tables in notebooks",
    "hatchling": "builds the package",
    "hypothesis": "tests of identities",
    "ibis-framework": "reads and sums item-level files, on DuckDB or Spark",
    "import-linter": "holds imports to one direction",
    "ipykernel": "runs the chapters",
    "jinja2": "wording templates and pages",
    "jupyter-book": "compiles the HTML book",
    "markdown-it-py": "reads the commentary's Markdown",
    "mypy": "checks types",
    "myst-nb": "notebooks in the book",
    "nbclient": "runs notebooks",
    "nbformat": "reads and writes notebooks",
    "openpyxl": "reads workbooks a second time, for whoever verifies; writes the working paper",
    "page-validation": "holds the PDF to PDF/UA-1, in tests",
    "pandas": "frames of figures in notebooks; contracts of tables",
    "pandas-stubs": "checks types",
    "pandera": "contracts of tables",
    "papermill": "runs notebooks with parameters",
    "pdfminer-six": "reads a PDF as it is printed, for the second reader",
    "pikepdf": "tags and attachments of the PDF",
    "pillow": "the pictures that notebooks show, opened to see that they are whole",
    "plotly": "charts of the book",
    "pyarrow": "Parquet, and what notebooks hand over",
    "pydantic": "parameters, held to their kinds",
    "pytest": "tests",
    "pytest-xdist": "tests on several processors",
    "python-calamine": "reads workbooks in tests, as a program that is not openpyxl",
    "python-docx": "the Word document",
    "python-pptx": "the slides",
    "pyyaml": "parameter files",
    "rich": "what the terminal shows",
    "ruff": "style and formatting",
    "sphinx": "compiles the HTML book",
    "typer": "the command line",
    "types-docutils": "checks types",
    "types-pyyaml": "checks types",
    "typst": "typesets the PDF",
    "vl-convert-python": "charts as pictures",
    "xlsxwriter": "writes the workbook",
}
"""What each package that the project names itself is for, and each that an option of one brings."""
LICENCES = {
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License 2.0": "Apache-2.0",
    "BSD": "BSD",
    "BSD License": "BSD",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD-2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "GNU General Public License (GPL)": "GPL",
}
"""Licences as packages name them, and their short names."""


@dataclass(frozen=True)
class Locked:
    """A package of the lock: its name in small letters, its version, and where it is installed."""

    name: str
    version: str
    where: str


def locked(text: str) -> Iterator[Locked]:
    """The packages of a lock, in its order."""
    for line in text.splitlines():
        found = _LOCKED.match(line)
        if found:
            yield Locked(canonical(found[1]), found[2], (found[3] or "").strip())


def direct(pyproject: str) -> dict[str, str]:
    """The packages that the project names itself: for the product, or for work on it."""
    told = tomllib.loads(pyproject)
    groups = told["dependency-groups"]
    found = {_name(line): "development" for line in (*groups["build"], *groups["dev"])}
    return found | {_name(line): "product" for line in told["project"]["dependencies"]}


def canonical(name: str) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(found: Distribution) -> str:
    """The licence in a package's own metadata, by its short name."""
    told = found.metadata
    named = told.get("License-Expression") or ""
    listed = [one.rsplit("::", 1)[-1].strip() for one in told.get_all("Classifier") or ()]
    kinds = [
        LICENCES.get(kind, kind)
        for kind, line in zip(listed, told.get_all("Classifier") or (), strict=True)
        if line.startswith("License :: OSI Approved ::") or kind == "Public Domain"
    ]
    free = (told.get("License") or "").strip().splitlines()[:1]
    short = free[0] if free and len(free[0]) < 40 else ""
    return named or " or ".join(dict.fromkeys(kinds)) or LICENCES.get(short, short) or "not stated"


def needed_by(installed: Mapping[str, Distribution]) -> dict[str, list[str]]:
    """For each installed package, those that need it."""
    found: dict[str, list[str]] = {}
    for name, one in sorted(installed.items()):
        for line in one.requires or ():
            if "extra ==" not in line:
                found.setdefault(_name(line), []).append(name)
    return found


def both_locks() -> list[Locked]:
    """The packages of both locks: what the program runs with, then what work on it adds."""
    run, dev = (list(locked((PROJECT / name).read_text(encoding="utf-8"))) for name in LOCKS)
    return [*run, *(one for one in dev if one not in run)]


def megabytes(found: Distribution) -> float:
    """What a package weighs as installed, with what Python keeps of its code."""
    files = (Path(str(found.locate_file(file))) for file in found.files or ())
    return sum(file.stat().st_size for file in files if file.is_file()) / MEGABYTE


def _weight(packages: Iterable[Locked], installed: Mapping[str, Distribution]) -> dict[str, float]:
    names = {one.name for one in packages} & installed.keys()
    return {name: megabytes(installed[name]) for name in sorted(names)}


def document() -> str:
    """The whole review, from the locks and what is installed here."""
    packages = both_locks()
    count = len(list(locked((PROJECT / LOCKS[0]).read_text(encoding="utf-8"))))
    named = direct((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = {canonical(one.name): one for one in distributions()}
    needs = needed_by(installed)
    for name in {one.name for one in packages} & installed.keys():
        versions = [one.version for one in packages if one.name == name]
        if installed[name].version not in versions:
            said = (
                f"{name} {installed[name].version} is installed; locked is {', '.join(versions)}."
            )
            raise SystemExit(said)
    rows = [_row(one, named, installed, needs) for one in packages]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[2]] = counts.get(row[2], 0) + 1
    told = [
        f"| {name} | {counts[name]} |" for name in sorted(counts, key=lambda n: (-counts[n], n))
    ]
    lines = [" | ".join(("", *row, "")).strip() for row in rows]
    run = _weight(packages[:count], installed)
    dev = _weight(packages[count:], installed)
    heaviest = sorted(run, key=lambda name: -run[name])[:HEAVIEST]
    head = HEAD.format(
        packages=count,
        more=len(rows) - count,
        named=len(named),
        run=sum(run.values()),
        dev=sum(dev.values()),
        heaviest=", ".join(f"{name} ({run[name]:.0f} MB)" for name in heaviest),
    )
    return head + "\n".join((*told, "", *TABLE, *lines, ""))


def _row(
    one: Locked,
    named: Mapping[str, str],
    installed: Mapping[str, Distribution],
    needs: Mapping[str, list[str]],
) -> tuple[str, ...]:
    here = installed.get(one.name)
    by = needs.get(one.name, [])
    more = f" and {len(by) - 3} more" if len(by) > 3 else ""
    why = FOR.get(
        one.name,
        f"needed by {', '.join(by[:3])}{more}"
        if by
        else "needed by a package that is not installed here",
    )
    said = "not installed here" if here is None else licence(here)
    only = f" ({one.where})" if one.where else ""
    return (one.name, f"{one.version}{only}", said, named.get(one.name, "no"), why)


def _name(line: str) -> str:
    found = _NEEDED.match(line)
    if found is None:
        raise SystemExit(f"{line!r} names no package.")
    return canonical(found[1])


TABLE = (
    "## Every package",
    "",
    "| package | version | licence | named by the project for | what it is for |",
    "|---|---|---|---|---|",
)
HEAD = """\
# Dependencies: licences and vulnerabilities

`python scripts/dependencies.py` writes this page from `requirements.txt`, `requirements-dev.txt`
and the metadata of the packages as installed. A test fails where a lock has a package or version
that is not here. The program runs with {packages} packages, each locked by its SHA-256; work on it
adds {more}. The project itself names {named} of them.

## What an installation weighs

What the program runs with takes {run:,.0f} MB, with what Python keeps of its code; what work on it
adds takes {dev:,.0f} MB more, and a machine that only makes papers has none of it. The heaviest:
{heaviest}.

Every package that the project names is imported by it, which a test holds. Of those that these
bring, none is taken out by hand: `pip check` would fail, a wheel installed the ordinary way would
have them, and JupyterLab, which opens the notebooks in the same environment, uses those that a
render does not (jedi, debugpy).

## Licences

Licences are those that the packages state themselves. Packages are not passed on with the project
or with a bundle: a bundle holds `requirements.txt`, and whoever verifies installs from it. A
paper holds files that packages bring with them: the book's style sheets, scripts and fonts
(jupyter-book, sphinx-book-theme, pydata-sphinx-theme, plotly; BSD and MIT), and the fonts of the
PDF.

- **MPL-2.0** asks for the source of its own files where they are passed on, and leaves what uses
  them alone.
- **LGPL and GPL.** docutils names the GPL for one editor file that is not used, beside the public
  domain and BSD. Any other package below that names one has to be looked at before the product is
  passed on as a whole, with its packages.
- **Not installed here** are packages that another Python or platform needs. Run the command there
  to see theirs.

## Known vulnerabilities

To be looked for wherever there is a way to a list of them, and before a new lock is committed:

    pip install pip-audit
    pip-audit -r requirements.txt --require-hashes --disable-pip

**What could be checked: nothing yet.** Tried on 30 November 2026 with pip-audit 2.10.1, where
this page was made. The package mirror there gives no advisories (pip-audit said of jinja2, the
package asked about, that it was "not found on PyPI and could not be audited"), and the OSV
service cannot be reached. That no vulnerability is named here says nothing, therefore. What is
known of exposure:

- Two things listen, on 127.0.0.1 alone: the watch's own server (standard library), for whoever
  has its address, and kernels (ipykernel, pyzmq) while notebooks run in kernels of their own, for
  whoever has the key of their connection file.
- Files of others are opened by openpyxl (extracts, to be verified), pikepdf (PDFs to verify),
  pyarrow and DuckDB (item-level files, figures as Parquet), pyyaml (parameters) and the standard
  library (zips). They deserve the first look.
- Packages are installed by hash only, as wheels: nothing of a source archive is run.

## How many of each licence

| licence | packages |
|---|---|
"""
