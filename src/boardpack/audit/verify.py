"""Verification of a build by somebody who need not trust it: the whole story.

Every file is held to its seal. The month is performed again from its sealed extracts and every
figure, check, block and output compared. Every tagged number is held to the register, every source
cell looked up in its file, and the headline figures are recomputed by a second implementation.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from boardpack.audit.bundle_check import (
    check_description,
    check_signature,
    is_bundle,
    names_alongside,
)
from boardpack.audit.certificate import Certificate, environment
from boardpack.audit.finding import Finding, Step
from boardpack.audit.held_blocks import hold_blocks
from boardpack.audit.held_table import hold_table
from boardpack.audit.paper_account import paper_account
from boardpack.audit.performed import (
    Items,
    compare_blocks,
    compare_files,
    compare_records,
    performed,
    records,
)
from boardpack.audit.recomputed import recomputed, undone
from boardpack.audit.release_check import check_release
from boardpack.audit.sealed import Sealed, find_sealed
from boardpack.audit.seals import check_seals, withheld_note
from boardpack.audit.signature import read_public_key
from boardpack.audit.tagged import check_tagged, html_numbers, pdf_numbers, word_numbers
from boardpack.audit.unpacking import only_build, put_in, unpacked
from boardpack.build.progress import Progress
from boardpack.errors import BoardpackError, UsageFault
from boardpack.sources.cells import file_sha256

REGISTER = ("figures.json", "figures")
UNTRUSTED = "nothing is run of a bundle that is not, whole, what the named key signed."


def verify(
    folder: Path,
    home: Path | None,
    progress: Progress,
    public_key: Path | None = None,
    inputs: Path | None = None,
) -> Certificate:
    """Verify a build in a folder, or a bundle's zip; nothing in it, nor in its home, is changed.

    A bundle has to be signed by `public_key`, where that is given. `inputs` is a folder with the
    originals that a zip withholds.
    """
    expected = None if public_key is None else read_public_key(public_key)
    if folder.is_file():
        return _verified_zip(folder, home, progress, expected, inputs)
    if inputs is not None:
        raise UsageFault("--inputs goes with a bundle's zip. Put them in their places in a folder.")
    sealed = find_sealed(folder, home)
    names = names_alongside(sealed)
    bundled = [check_description(sealed, names)] if is_bundle(sealed) else []
    if bundled or expected is not None:
        bundled.append(check_signature(sealed, names, expected))
    return _certificate(sealed, bundled, expected is not None, progress)


def _verified_zip(
    bundle: Path,
    home: Path | None,
    progress: Progress,
    expected: Ed25519PublicKey | None,
    inputs: Path | None,
) -> Certificate:
    """The certificate of a zip, in which files are called as they are in it."""
    if home is not None:
        raise UsageFault("A bundle's zip brings its own home. Leave out --home.")
    progress.stage("Unpacking the bundle", 1)
    with unpacked(bundle) as (place, names):
        sealed = Sealed(only_build(place, bundle), place, place)
        if inputs is not None:
            put_in(sealed, inputs)
            sealed = replace(sealed)
        steps = [check_description(sealed, names), check_signature(sealed, names, expected)]
        found = _certificate(sealed, steps, expected is not None, progress)
        told = tuple(_as_called(step, place) for step in found.steps)
        about = {"name": bundle.name, "sha256": file_sha256(bundle)}
        return replace(found, steps=told, bundle=about)


def _as_called(step: Step, place: Path) -> Step:
    """A step whose findings do not say where the bundle was unpacked."""
    there = f"{place}{os.sep}"
    findings = (replace(one, what=one.what.replace(there, "")) for one in step.findings)
    return replace(step, findings=tuple(findings))


def _certificate(
    sealed: Sealed, bundled: Iterable[Step], must_be_signed: bool, progress: Progress
) -> Certificate:
    progress.stage("Holding every file to its seal", 1)
    steps = [*bundled, check_seals(sealed), check_release(sealed)]
    figures = records(sealed.build, *REGISTER)
    why_not, _ = withheld_note(sealed)
    if must_be_signed and any(step.findings for step in steps):
        why_not = UNTRUSTED
    if why_not:
        steps += _not_performed(sealed, figures, why_not)
    else:
        steps += _performed_again(sealed, progress)
    progress.stage("Holding every printed number to the register", 1)
    steps.append(check_tagged("Numbers in HTML", html_numbers, sealed.build, figures))
    steps.append(check_tagged("Numbers in PDF", pdf_numbers, sealed.build, figures))
    steps.append(check_tagged("Numbers in Word", word_numbers, sealed.build, figures))
    steps.append(hold_table(sealed, figures))
    progress.stage("Recomputing the headlines a second time", 1)
    steps += recomputed(sealed, figures)
    account = paper_account(sealed.build, sealed.place)
    about, moment = sealed.record or {}, dt.datetime.now(dt.UTC)
    return Certificate(sealed.build.name, about, tuple(steps), environment(), moment, account)


def _not_performed(sealed: Sealed, figures: Items, why: str) -> list[Step]:
    """What stands in for the month performed again: the blocks held to the register."""
    return [
        undone("Figures", "figures performed again", why),
        undone("Checks", "checks performed again", why),
        hold_blocks(sealed.build, figures, why),
        undone("Outputs", "files made again, byte for byte", why),
    ]


def _performed_again(sealed: Sealed, progress: Progress) -> list[Step]:
    """Figures, checks, blocks and files against those of the month performed again."""
    try:
        with performed(sealed, progress) as again:
            told = [
                compare_records(sealed.build, again, *REGISTER),
                compare_records(sealed.build, again, "checks.json", "checks"),
                compare_blocks(sealed.build, again),
            ]
            explained = {"figures.json": told[0], "checks.json": told[1]}
            known = {name for name, step in explained.items() if step.findings}
            known |= {finding.subject for finding in told[2].findings}
            return [*told, compare_files(sealed, again, known)]
    except BoardpackError as error:
        lines = str(error).splitlines()
    except Exception as error:  # what runs altered chapters may fail in any way
        lines = [f"{type(error).__name__}: {error}"]
    findings = tuple(Finding("Not performed again", line) for line in lines)
    return [Step("Figures", 0, "figures performed again", findings)]
