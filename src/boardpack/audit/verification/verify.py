"""Verification of a build by somebody who need not trust it: the whole story.

Every file is held to its seal, and every file of code to the verifier's own. The month is
performed again from its sealed extracts, by the verifier's own code, and every figure, check, block
and output compared. Every tagged number is held to the register. A second implementation looks up
every source cell, re-performs every figure from what it says it is made of, and computes what a
board acts on from the extracts alone.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from boardpack.audit.bundles.bundle_check import (
    check_description,
    check_signature,
    is_bundle,
    names_alongside,
)
from boardpack.audit.bundles.signature import read_public_key
from boardpack.audit.bundles.unpacking import only_build, put_in, unpacked
from boardpack.audit.releases.release_check import check_release
from boardpack.audit.verification.certificate import Certificate, environment
from boardpack.audit.verification.compared import compare_files
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.held_blocks import hold_blocks
from boardpack.audit.verification.held_table import hold_table
from boardpack.audit.verification.left_out import check_left_out
from boardpack.audit.verification.outputs_seen import hold_seen
from boardpack.audit.verification.own_code import check_code, refused
from boardpack.audit.verification.paper_account import UNREAD, Account, paper_account
from boardpack.audit.verification.performed_again import (
    Items,
    compare_blocks,
    compare_records,
    performed,
    records,
)
from boardpack.audit.verification.recomputed import recomputed, undone
from boardpack.audit.verification.sealed import Sealed, find_sealed
from boardpack.audit.verification.seals import check_links, check_seals, withheld_note
from boardpack.audit.verification.styles import hold_styles, sealed_design
from boardpack.audit.verification.tagged import (
    check_tagged,
    html_numbers,
    pdf_numbers,
    word_numbers,
)
from boardpack.core.errors import BoardpackError, UsageFault
from boardpack.reading.cells import file_sha256
from boardpack.render.progress import Progress

REGISTER, CHECKS = ("figures.json", "figures"), ("checks.json", "checks")
UNTRUSTED = "nothing is performed from a bundle that is not, whole, what the named key signed."
OWN_CHAPTERS = "it has chapters of the body's own, which --accept-code does not name: {}."
STATIC = "with --static nothing is run."
LINKED = "it holds a link that may lead anywhere, so that nothing else of it is opened."


@dataclass(frozen=True)
class How:
    """How the verifier wants it done: what code he accepts by name, and whether anything is run."""

    accept: tuple[str, ...] = ()
    static: bool = False


THOROUGH = How()


def verify(
    folder: Path,
    home: Path | None,
    progress: Progress,
    public_key: Path | None = None,
    inputs: Path | None = None,
    how: How = THOROUGH,
) -> Certificate:
    """Verify a build in a folder, or a bundle's zip; nothing in it, nor in its home, is changed.

    A bundle has to be signed by `public_key`, where that is given. `inputs` is a folder with the
    originals that a zip withholds.
    """
    expected = None if public_key is None else read_public_key(public_key)
    if folder.is_file():
        return _verified_zip(folder, home, progress, expected, inputs, how)
    if inputs is not None:
        raise UsageFault("--inputs goes with a bundle's zip. Put them in their places in a folder.")
    sealed = find_sealed(folder, home)
    linked = check_links(sealed)
    if linked.findings:
        steps = [linked, undone("All else", "steps of verification", LINKED)]
        return _certified(sealed, steps, UNREAD)
    names = names_alongside(sealed)
    bundled = [check_description(sealed, names)] if is_bundle(sealed) else []
    if bundled or expected is not None:
        bundled.append(check_signature(sealed, names, expected))
    return _certificate(sealed, bundled, expected is not None, progress, how)


def _verified_zip(
    bundle: Path,
    home: Path | None,
    progress: Progress,
    expected: Ed25519PublicKey | None,
    inputs: Path | None,
    how: How,
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
        found = _certificate(sealed, steps, expected is not None, progress, how)
        told = tuple(_as_called(step, place) for step in found.steps)
        about = {"name": bundle.name, "sha256": file_sha256(bundle)}
        return replace(found, steps=told, bundle=about)


def _as_called(step: Step, place: Path) -> Step:
    """A step whose findings do not say where the bundle was unpacked."""
    there = f"{place}{os.sep}"
    findings = (replace(one, what=one.what.replace(there, "")) for one in step.findings)
    return replace(step, findings=tuple(findings))


def _certificate(
    sealed: Sealed, bundled: Iterable[Step], must_be_signed: bool, progress: Progress, how: How
) -> Certificate:
    progress.stage("Holding every file to its seal", 1)
    steps = [*bundled, check_seals(sealed), check_release(sealed)]
    figures = records(sealed.build, *REGISTER)
    why_not, _ = withheld_note(sealed)
    if must_be_signed and any(step.findings for step in steps):
        why_not = UNTRUSTED
    if own := refused(sealed, how.accept):
        why_not = OWN_CHAPTERS.format(", ".join(own))
    if how.static:
        why_not = STATIC
    steps += [check_code(sealed, how.accept), check_left_out(sealed)]
    if why_not:
        steps += _not_performed(sealed, figures, why_not)
    else:
        steps += _performed_again(sealed, progress, how.accept)
    progress.stage("Holding every printed number to the register", 1)
    steps.append(check_tagged("Numbers in HTML", html_numbers, sealed.build, figures))
    steps.append(check_tagged("Numbers in PDF", pdf_numbers, sealed.build, figures))
    steps.append(check_tagged("Numbers in Word", word_numbers, sealed.build, figures))
    steps.append(hold_table(sealed, figures))
    progress.stage("Reading the outputs as they are seen", 1)
    steps.append(hold_seen(sealed.build, sealed_design(sealed).logo))
    progress.stage("Re-performing every figure a second time", 1)
    steps += recomputed(sealed, figures, records(sealed.build, *CHECKS))
    return _certified(sealed, steps, paper_account(sealed.build, sealed.place))


def _certified(sealed: Sealed, steps: Iterable[Step], account: Account) -> Certificate:
    about, moment = sealed.record or {}, dt.datetime.now(dt.UTC)
    return Certificate(sealed.build.name, about, tuple(steps), environment(), moment, account)


def _not_performed(sealed: Sealed, figures: Items, why: str) -> list[Step]:
    """What stands in for the month performed again: the blocks held to the register."""
    return [
        undone("Figures", "figures performed again", why),
        undone("Checks", "checks performed again", why),
        hold_blocks(sealed.build, figures, why),
        undone("Outputs", "files made again, byte for byte", why),
        hold_styles(sealed),
    ]


def _performed_again(sealed: Sealed, progress: Progress, accept: Collection[str]) -> list[Step]:
    """Figures, checks, blocks and files against those of the month performed again."""
    try:
        with performed(sealed, progress, accept) as again:
            return held_to(sealed, again)
    except BoardpackError as error:
        lines = str(error).splitlines()
    except Exception as error:  # what runs altered chapters may fail in any way
        lines = [f"{type(error).__name__}: {error}"]
    findings = tuple(Finding("Not performed again", line) for line in lines)
    return [Step("Figures", 0, "figures performed again", findings)]


def held_to(sealed: Sealed, again: Path) -> list[Step]:
    """Figures, checks, blocks and files of a build against those of another one of the month."""
    told = [
        compare_records(sealed.build, again, *REGISTER),
        compare_records(sealed.build, again, *CHECKS),
        compare_blocks(sealed.build, again),
    ]
    explained = {"figures.json": told[0], "checks.json": told[1]}
    known = {name for name, step in explained.items() if step.findings}
    known |= {finding.subject for finding in told[2].findings}
    return [*told, compare_files(sealed, again, known)]
