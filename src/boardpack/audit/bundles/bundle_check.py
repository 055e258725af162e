"""A bundle held to its own account of itself, and to its signature.

Its description lists every file with its hash; its signature does so too, and adds who made it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from boardpack.audit.bundles.bundle import ALONGSIDE, bundled_files, descriptions
from boardpack.audit.bundles.listing import read_listing
from boardpack.audit.bundles.ro_crate import METADATA
from boardpack.audit.bundles.signature import SIGNATURE, SUMS, fingerprint, signer, sums_text
from boardpack.audit.releases.release_check import kept_release
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.audit.verification.own_code import differing
from boardpack.audit.verification.sealed import Sealed, is_hidden, leads_outside
from boardpack.audit.verification.seals import check_seals
from boardpack.core.errors import BoardpackError
from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.reading.cells import file_sha256
from boardpack.render.manifest import present

HIDDEN = "is a hidden file, which no bundle holds."
UNDESCRIBED = frozenset({METADATA, SUMS, SIGNATURE})
"""Files that cannot stand in a description: itself, and what signs it."""


def is_bundle(sealed: Sealed) -> bool:
    """Whether a build lies in an unpacked bundle rather than where it was made."""
    return (sealed.home / METADATA).is_file() and sealed.home == sealed.project


def check_description(sealed: Sealed, names: Collection[str]) -> Step:
    """Hold the files of a bundle to its description, and the description to what it describes.

    `names` are the files of a zip; of an unpacked folder, in which a reader may have put files of
    his own, those that must have been described.
    """
    listing = read_listing(sealed.home)
    if listing is None:
        told = (Finding(METADATA, "is missing, or cannot be read as a description of a bundle."),)
        return Step("Bundle", 0, "files held to its description", told)
    hashes = {name: listed.sha256 for name, listed in listing.files.items()}
    findings = [*_held(sealed.home, hashes, "the bundle describes")]
    known = hashes.keys() | UNDESCRIBED
    said = "is additional: the bundle does not describe it."
    findings += [Finding(name, said) for name in sorted(set(names) - known)]
    findings += [Finding(name, HIDDEN) for name in sorted(names) if is_hidden(name)]
    if not findings:
        findings += _derived(sealed)
    return Step("Bundle", len(hashes), "files held to its description", tuple(findings))


def names_alongside(sealed: Sealed) -> list[str]:
    """The files of an unpacked bundle that no seal covers and its description must."""
    found = present(sealed.project, (sealed.project / name for name in ALONGSIDE))
    return [*found, *kept_release(sealed)]


def check_signature(
    sealed: Sealed, names: Collection[str], expected: Ed25519PublicKey | None
) -> Step:
    """Hold a bundle to its signature; `expected` is the key of whoever should have made it."""
    home = sealed.home
    missing = [name for name in (SIGNATURE, SUMS) if not (home / name).is_file()]
    if len(missing) == 2 and expected is None:
        return Step("Signature", 0, "files signed", note="The bundle bears no signature.")
    if missing:
        told = tuple(Finding(name, "is missing, so that no signature holds.") for name in missing)
        return Step("Signature", 0, "files signed", told)
    key = signing_key(home)
    if key is None:
        told = (Finding(SIGNATURE, f"does not fit {SUMS}: one of them was changed."),)
        return Step("Signature", 0, "files signed", told)
    hashes, note = _signed_hashes(home), _whose(key, expected)
    findings = [*_held(home, hashes, "was signed"), *_other_signer(key, expected)]
    said = "is additional: it was not signed."
    unsigned = set(names) - hashes.keys() - {SUMS, SIGNATURE}
    findings += [Finding(name, said) for name in sorted(unsigned)]
    return Step("Signature", len(hashes), "files signed", tuple(findings), note)


def signing_key(home: Path) -> Ed25519PublicKey | None:
    """The public key in a bundle, where its signature fits the list of files."""
    record = read_object(home / SIGNATURE)
    if record is None or not (home / SUMS).is_file():
        return None
    return signer(record, (home / SIGNATURE).read_bytes(), (home / SUMS).read_bytes())


def _derived(sealed: Sealed) -> Iterator[Finding]:
    """What follows from the rest of a bundle and is not so, where this program can tell."""
    if check_seals(sealed).findings or _other_program(sealed) or sealed.month is None:
        return
    try:
        paper = load_paper(sealed.home, sealed.month, sealed.place)
    except BoardpackError as error:
        yield Finding(METADATA, f"cannot be held to the parameters: {error}")
        return
    content = {name: path.read_bytes() for name, path in bundled_files(sealed, paper)}
    made = descriptions(sealed, paper, content, signing_key(sealed.home))
    for name, expected in made.items():
        path = sealed.home / name
        if not path.is_file() or path.read_bytes() != expected:
            yield Finding(name, "is not what it must be beside the other files of the bundle.")


def _other_program(sealed: Sealed) -> bool:
    """Whether another version of the program wrote the bundle, which words it otherwise."""
    others = differing(sealed) if sealed.project != CHECKOUT else ()
    return any(other.sha256 and other.name.startswith("src/") for other in others)


def _held(folder: Path, hashes: Mapping[str, str], how: str) -> Iterator[Finding]:
    for name, digest in hashes.items():
        if leads_outside(name):
            yield Finding(name, "leads outside the bundle; it is not opened.")
        elif not (folder / name).is_file():
            yield Finding(name, f"is missing from what {how}.")
        elif file_sha256(folder / name) != digest:
            yield Finding(name, f"is not the file that {how}.")


def _signed_hashes(home: Path) -> dict[str, str]:
    text = (home / SUMS).read_text(encoding="utf-8", errors="replace")
    found = (re.fullmatch(r"([0-9a-f]{64})  (.+)", line) for line in text.split("\n"))
    hashes = {line[2]: line[1] for line in found if line is not None}
    return hashes if sums_text(hashes) == text else {}


def _whose(key: Ed25519PublicKey, expected: Ed25519PublicKey | None) -> str:
    said = f"Ed25519, key {fingerprint(key)}"
    if expected is None:
        return f"{said}; whose key it is was not asked (--public-key)."
    is_expected = fingerprint(key) == fingerprint(expected)
    return f"{said}, the key that was named." if is_expected else f"{said}."


def _other_signer(key: Ed25519PublicKey, expected: Ed25519PublicKey | None) -> Iterator[Finding]:
    if expected is not None and fingerprint(key) != fingerprint(expected):
        yield Finding(
            SIGNATURE,
            f"is by the key {fingerprint(key)}, not by the one named, {fingerprint(expected)}.",
        )
