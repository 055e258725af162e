"""The registers that a paper is compared with, held to their release records and to each other.

A movement against a register that somebody altered says that the board was told what it was not. So
a register that is not what was released, and a version that was removed, stop a release.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check, in_words, not_applicable
from boardpack.checks.released import KIND
from boardpack.core.params import Paper
from boardpack.reading.release_records import FILE, RELEASED, in_sight, release_of
from boardpack.reading.released import released_folder, version_folder
from boardpack.reading.released_chain import RESTORE, Broken, Chain, Held

ID, TITLE = "released_files", "Released registers, held to their release records"
NONE = "no paper that this one compares with has a release record."


def check_released_files(paper: Paper) -> Iterator[Check]:
    """Each release in sight that is not what was released; else that all are."""
    held = held_for(paper)
    yield from (_broken(paper, one) for one in held.broken)
    if not any(release.has_record for release in held.releases):
        if not held.broken:
            yield not_applicable(ID, TITLE, KIND, NONE)
    elif not held.broken:
        yield in_words(ID, TITLE, KIND, "error", "")


def held_for(paper: Paper) -> Held:
    """The releases that a paper reads or rests on, held: a function of its inputs alone."""
    read = {*paper.compared, paper.month.earlier(1)}
    also = None
    if paper.version is not None:
        own = released_folder(paper, paper.month)
        also = release_of(
            paper.home, (version_folder(own, paper.version.replaces) / FILE).as_posix()
        )
    return Chain(paper.home, in_sight(paper.month, paper.compared), read, also).held()


def _broken(paper: Paper, broken: Broken) -> Check:
    release = release_of(paper.home, f"{broken.folder}/{FILE}")
    if release is None:  # only what lies in a folder of releases is held
        raise ValueError(f"{broken.folder} is not below {RELEASED}")
    suffix = release.month.suffix_in(paper.month)
    version = f".v{release.version}" if release.version > 1 else ""
    return in_words(
        f"{ID}.{suffix}.{release.place}{version}",
        f"{TITLE}: {release.name}",
        KIND,
        "error",
        f"{broken}",
        RESTORE,
    )
