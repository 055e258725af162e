"""A bundle: one zip with everything that an auditor needs to re-perform a paper alone.

Unpacked, it is a project folder with the build in its place, so that the verb that verifies works
in it as it stands. It is a valid RO-Crate. Of inputs that the parameters call sensitive it holds
the hash and size only. The same build, and key where it is signed, give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from boardpack.audit.bundles.how_to_verify import VERIFY, Told, how_to_verify
from boardpack.audit.bundles.listing import read_listing
from boardpack.audit.bundles.ro_crate import METADATA, Described, Listed, crate_metadata
from boardpack.audit.bundles.signature import fingerprint, read_private_key, signed
from boardpack.audit.releases.release_check import kept_release
from boardpack.audit.verification.performed_again import records
from boardpack.audit.verification.sealed import GROUPS, OF_HOME, Sealed, find_sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.core.errors import BuildFault, UsageFault
from boardpack.core.params import Paper, load_paper
from boardpack.outputs.zip_bytes import zip_bytes
from boardpack.reading.readers import readers
from boardpack.render.manifest import NAME, present
from boardpack.render.products import title

ALONGSIDE = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "LICENSE",
    "scripts",
    "data/README.md",
)
"""What belongs to the project and is no part of the sealed code: how to read and run it."""
DESCRIPTION = (
    "The finance paper with every input, parameter, notebook and line of code that it was made"
    " from, its figures, checks and outputs, and their hashes. VERIFY.md says how to re-perform it."
)


@dataclass(frozen=True)
class Bundle:
    """A bundle that was written, and what whoever sends it must know of it."""

    path: Path
    notes: tuple[str, ...] = ()


def write_bundle(
    build: Path,
    out: Path | None = None,
    home: Path | None = None,
    key: Path | None = None,
    ask: Callable[[], str] = str,
) -> Bundle:
    """Write the bundle of a build; beside the build unless `out` says where.

    With `key`, a file with an Ed25519 private key, it is signed; `ask` gives the key's pass phrase.
    BuildFault names every file that is not as it was sealed: only a whole build is bundled.
    """
    sealed = find_sealed(build, home)
    target = sealed.build.with_name(f"{sealed.build.name}.zip") if out is None else out
    if sealed.build in target.resolve().parents:
        raise UsageFault(f"{target} lies inside the build. Name a file outside it.")
    paper = _whole(sealed)
    files = dict(bundled_files(sealed, paper))
    content = {name: path.read_bytes() for name, path in files.items()}
    if key is None:
        content |= descriptions(sealed, paper, content, None)
    else:
        private = read_private_key(key, ask)
        if key.resolve() in {path.resolve() for path in files.values()}:
            raise UsageFault(f"{key} lies among the files of the bundle. Keep it elsewhere.")
        content |= descriptions(sealed, paper, content, private.public_key())
        content |= signed(content, private)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zip_bytes(content))
    return Bundle(target, tuple(_notes(sealed, paper)))


def bundled_files(sealed: Sealed, paper: Paper) -> Iterator[tuple[str, Path]]:
    """The files of a build and of what it was made from that travel, by their names in a bundle."""
    for group in GROUPS:
        for name in sealed.group(group):
            if group != "inputs" or not paper.report.is_sensitive(name):
                yield _named(sealed, group, name), sealed.root(group) / name
    yield f"{_place(sealed)}/{NAME}", sealed.build / NAME
    yield from ((name, sealed.home / name) for name in kept_release(sealed))
    for name in present(sealed.project, (sealed.project / name for name in ALONGSIDE)):
        yield name, sealed.project / name


def descriptions(
    sealed: Sealed, paper: Paper, content: Mapping[str, bytes], key: Ed25519PublicKey | None
) -> dict[str, bytes]:
    """What a bundle of these files says of itself: how to verify it, and its RO-Crate metadata.

    `key` is the public key of a bundle that is signed.
    """
    withheld = _withheld(sealed, paper)
    made = _made_with(sealed)
    told = Told(
        title=title(paper),
        status=_identity(sealed, "status"),
        build=_place(sealed),
        python=made["python"],
        software=made["boardpack"],
        fingerprint="" if key is None else fingerprint(key),
        withheld=tuple(withheld),
    )
    said = {VERIFY: how_to_verify(told).encode()}
    metadata = crate_metadata(_described(sealed, paper, withheld), {**content, **said})
    return {**said, METADATA: metadata.encode()}


def _whole(sealed: Sealed) -> Paper:
    """The paper of a build that is as it was sealed; BuildFault where it is not."""
    findings = check_seals(sealed).findings
    if findings or sealed.month is None:
        told = "\n".join(str(finding) for finding in findings)
        raise BuildFault(f"The build is not as it was sealed. Render the paper again.\n{told}")
    if sealed.withheld:
        named = ", ".join(sorted(sealed.withheld))
        raise BuildFault(f"Inputs are withheld here: {named}. Bundle the build where it was made.")
    return load_paper(sealed.home, sealed.month, sealed.place)


def _withheld(sealed: Sealed, paper: Paper) -> dict[str, Listed]:
    """The sensitive inputs with their hashes and sizes, be they here or withheld already."""
    listing = read_listing(sealed.home)
    before = {} if listing is None else listing.withheld
    found: dict[str, Listed] = {}
    for name, digest in sealed.group("inputs").items():
        path = sealed.home / name
        if paper.report.is_sensitive(name):
            size = path.stat().st_size if path.is_file() else before[name].size
            found[name] = Listed(digest, size)
    return found


def _notes(sealed: Sealed, paper: Paper) -> Iterator[str]:
    withheld = _withheld(sealed, paper)
    figures = records(sealed.build, "figures.json", "figures")
    cells = [cell for item in figures.values() for cell in item["source"].get("cells", ())]
    for name in withheld:
        quoted = sum(cell["file"] == name for cell in cells)
        yield f"Withheld {name}; figures.json quotes {quoted:,} of its cells, as the paper does."
    for pattern in paper.report.sensitive:
        alone = paper.report.model_copy(update={"sensitive": [pattern]})
        is_known = any(alone.is_sensitive(f"{name}.csv") for name in readers(sealed.home))
        if not is_known and not any(alone.is_sensitive(name) for name in withheld):
            yield f"No input is called {pattern!r}, which params/report.yml lists as sensitive."


def _named(sealed: Sealed, group: str, name: str) -> str:
    """A sealed file's name in the bundle: what lies in the build lies in the build's place."""
    return f"{_place(sealed)}/{name}" if sealed.root(group) == sealed.build else name


def _place(sealed: Sealed) -> str:
    month = sealed.month
    if month is None:
        raise BuildFault("The manifest names no financial year and month.")
    return f"build/{month.year_folder}/{month.code}/{sealed.place}"


def _described(sealed: Sealed, paper: Paper, withheld: Mapping[str, Listed]) -> Described:
    made = _made_with(sealed)
    groups = {
        group: [_named(sealed, group, name) for name in sealed.group(group)] for group in GROUPS
    }
    return Described(
        title=f"{title(paper)} ({_identity(sealed, 'status')})",
        description=DESCRIPTION,
        publisher=paper.report.organisation.name,
        date=_identity(sealed, "data_cut"),
        software=made["boardpack"],
        python=made["python"],
        made_from=tuple(n for g in (*OF_HOME, "code") for n in groups[g]),
        made=tuple(n for g in ("notebooks", "records", "outputs") for n in groups[g]),
        withheld=withheld,
    )


def _made_with(sealed: Sealed) -> dict[str, str]:
    found = (sealed.record or {}).get("made_with", {})
    return {name: str(found.get(name, "")) for name in ("boardpack", "python")}


def _identity(sealed: Sealed, name: str) -> str:
    return str((sealed.record or {}).get("paper", {}).get(name, ""))
