"""The code of what is verified, compared with the verifier's own; and the project that is run.

Whoever verifies runs his own notebooks, his own book with its extensions and scripts, by his own
program. What is verified brings code of its own too, and a change of it could make any page say
anything: so each file that is not the verifier's is a finding, whether it is sealed or not. A file
may be accepted by name: then a notebook or a file of the book is run as it is there. What the
program is made of, its wording and its glossary, is always the verifier's own.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.links import leads_out
from boardpack.audit.verification.sealed import Sealed, is_own_code
from boardpack.core.home import CHECKOUT
from boardpack.reading.cells import file_sha256
from boardpack.render.manifest import CODE, OWN_CODE, own_code_places, present

GROUPS = (*CODE, "scripts")
"""All that is code, be it sealed or only travelling with a bundle."""
RUN = ("book", "notebooks", "_config.yml")
"""What a render takes from a project, rather than from beside the program."""
CHANGED = "is not the file that the verifying program has."
MISSING = "is missing: the verifying program has this file."
ADDITIONAL = "is additional: the verifying program has no such file."
OWN = "is a chapter of the body's own: it is not run unless it is accepted by name."
COUNTED = "files of code compared with the verifier's own"
HERE = "The build lies where this program stands: its code is held to the seals."


@dataclass(frozen=True)
class Other:
    """A file of code that is not the verifier's: how, and its SHA-256, None where it is missing."""

    name: str
    how: str
    sha256: str | None

    @property
    def is_own(self) -> bool:
        """Whether it is a notebook or a template that the body has beside those of the program."""
        return self.how == OWN

    @property
    def is_run(self) -> bool:
        """Whether accepting it means that it takes part in performing the month again."""
        return self.is_own or self.name.split("/")[0] in RUN


def check_code(sealed: Sealed, accept: Collection[str] = ()) -> Step:
    """Each file of code that is not the verifier's own, but those that are accepted by name.

    `accept` are names of files, or patterns in which `*` stands for any part of a name.
    """
    own = _files(CHECKOUT)
    here = HERE if sealed.project == CHECKOUT else ""
    others = [*differing(sealed), *own_files(sealed)]
    findings = tuple(Finding(o.name, o.how) for o in others if not accepts(accept, o.name))
    taken = [other for other in others if accepts(accept, other.name)]
    note = " ".join(said for said in (here, _accepted(taken)) if said)
    count = len({*own, *_files(sealed.project), *(other.name for other in others)})
    return Step("Code", count, COUNTED, findings, note)


def own_files(sealed: Sealed) -> Iterator[Other]:
    """The notebooks and templates of the body's own, sorted: what is sealed as such, and is there.

    A file that is not there, or leads elsewhere, is found where files are held to their seals.
    """
    there = present(sealed.home, own_code_places(sealed.project, sealed.home))
    for name in sorted({*sealed.group(OWN_CODE), *there}):
        if is_own_code(name) and not leads_out(sealed.home, name):
            path = sealed.home / name
            if path.is_file():
                yield Other(name, OWN, file_sha256(path))


def refused(sealed: Sealed, accept: Collection[str]) -> tuple[str, ...]:
    """The body's own notebooks and templates that are not accepted, so that none may be run."""
    return tuple(one.name for one in own_files(sealed) if not accepts(accept, one.name))


def differing(sealed: Sealed) -> Iterator[Other]:
    """The files of code, sorted, that a project has not as the verifier's checkout has them.

    What is sealed as the body's own is not among them (see `own_files`).
    """
    if sealed.project == CHECKOUT:
        return
    theirs = sealed.group(OWN_CODE)
    own, there = _files(CHECKOUT), [n for n in _files(sealed.project) if n not in theirs]
    for name in sorted({*own, *there}):
        if name not in there:
            yield Other(name, MISSING, None)
            continue
        digest = file_sha256(sealed.project / name)
        if name not in own:
            yield Other(name, ADDITIONAL, digest)
        elif digest != file_sha256(CHECKOUT / name):
            yield Other(name, CHANGED, digest)


def accepts(accept: Collection[str], name: str) -> bool:
    """Whether a file is named among those that are accepted.

    >>> accepts(["notebooks/*.ipynb"], "notebooks/mine.ipynb"), accepts([], "notebooks/mine.ipynb")
    (True, False)
    """
    return any(name == one or fnmatchcase(name, one) for one in accept)


def compose(sealed: Sealed, accept: Collection[str], into: Path) -> Path:
    """The project whose notebooks and book are run: the verifier's own, and what is accepted.

    It is a copy without what Python keeps of code it has run: nothing planted there is read.
    """
    own = [name for name in _files(CHECKOUT) if name.split("/")[0] in RUN]
    for name in own:
        _copy(CHECKOUT / name, into / name)
    for other in differing(sealed):
        if other.is_run and accepts(accept, other.name):
            if other.sha256 is None:
                (into / other.name).unlink()
            else:
                _copy(sealed.project / other.name, into / other.name)
    return into


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _files(project: Path) -> list[str]:
    """The files of code of a project, without links that lead out of it."""
    found = present(project, [project / name for name in GROUPS if (project / name).exists()])
    return [name for name in found if not leads_out(project, name)]


def _accepted(others: list[Other]) -> str:
    """What the certificate says of accepted files: each by name and hash, and whether it is run."""
    said = [f"{o.name} ({f'SHA-256 {o.sha256}' if o.sha256 else 'missing'})" for o in others]
    if not said:
        return ""
    not_run = any(not other.is_run for other in others)
    rest = " Of these, nothing outside book/, notebooks/ and _config.yml is run." if not_run else ""
    return f"Accepted by name, though other than the verifier's: {', '.join(said)}.{rest}"
