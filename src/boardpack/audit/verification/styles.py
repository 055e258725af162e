"""Style sheets and scripts of the book, known by their hash where nothing is performed again.

Whatever a page says, one of these can hide it, move it or rewrite it. Those that the book only
copies are the verifier's own, or those of the libraries that he has installed. A few are written by
the book's compiler: they are held when the paper is made again, and named where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.sealed import Sealed
from boardpack.core.design import Design, own_design, usual_design
from boardpack.core.home import CHECKOUT
from boardpack.core.report import load_report
from boardpack.outputs.design import design_css
from boardpack.reading.cells import file_sha256

ENDS = (".css", ".js")
LIBRARIES = {
    "myst_nb": "static",
    "plotly": "package_data",
    "pydata_sphinx_theme": "theme",
    "sphinx": "themes/basic/static",
    "sphinx_book_theme": "theme",
}
"""The libraries whose style sheets and scripts a book has, and where in them these stand."""
WRITTEN = frozenset(
    {
        "basic.css",
        "documentation_options.js",
        "passages.js",
        "pygments.css",
        "register.js",
        "translations.js",
    }
)
"""Those that the book's compiler writes, the search and the register among them."""
PARTS, TOLD_AS = "register", "register.js"
"""The folder of the register's parts, which are told as the register."""
NAME, COUNTED = "Styles and scripts", "style sheets and scripts known by their hash"
STRANGE = "is a style sheet or a script that neither the verifier's book nor its libraries have."


def hold_styles(sealed: Sealed) -> Step:
    """Every style sheet and script of a build: known by its hash, or named."""
    build = sealed.build
    known, files = set(_known(sealed)), sorted(p for p in build.rglob("*") if p.suffix in ENDS)
    unknown = [path for path in files if file_sha256(path) not in known]
    names = {path: TOLD_AS if path.parent.name == PARTS else path.name for path in unknown}
    strange = [path for path, name in names.items() if name not in WRITTEN]
    left = sorted(WRITTEN.intersection(names.values()))
    findings = tuple(Finding(path.relative_to(build).as_posix(), STRANGE) for path in strange)
    note = f"Held only when the paper is made again: {', '.join(left)}." if left else ""
    return Step(NAME, len(files) - len(unknown), COUNTED, findings, note, complete=not left)


def _known(sealed: Sealed) -> Iterator[str]:
    """The hashes of all style sheets and scripts that a book may have."""
    for sheet in (usual_design(), sealed_design(sealed)):
        yield sha256(design_css(sheet).encode()).hexdigest()
    for folder in (CHECKOUT / "book" / "_static", *_of_libraries()):
        yield from (file_sha256(path) for path in folder.rglob("*") if path.suffix in ENDS)


def sealed_design(sealed: Sealed) -> Design:
    """The project's sheet as the home has it whose paper it is, where that can be read."""
    report = load_report(sealed.home, sealed.month, []) if sealed.month else None
    return own_design(report.design if report else None, sealed.home)


def _of_libraries() -> Iterator[Path]:
    for name, below in LIBRARIES.items():
        found = find_spec(name)
        for place in found.submodule_search_locations or () if found else ():
            yield Path(place, below)
