"""A bundle: one zip with everything that an auditor needs to re-perform a paper alone.

Unpacked, it is a project folder with the build in its place, so that the verb that verifies works
in it as it stands. It is a valid RO-Crate. The same build gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpack.audit.crate import METADATA, Described, crate_metadata
from boardpack.audit.sealed import GROUPS, Sealed, find_sealed
from boardpack.audit.seals import check_seals
from boardpack.audit.zip_bytes import zip_bytes
from boardpack.build.manifest import NAME, present
from boardpack.build.products import title
from boardpack.errors import BuildFault, UsageFault
from boardpack.params import Paper, load_paper

VERIFY = "VERIFY.md"
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
HOW_TO_VERIFY = """# How to verify this bundle

This folder holds the paper *{title}* ({status}) and everything that it was made from. You need
Python {python}, with which it was made, or another that README.md names, and a network or a package
mirror once, to install the locked requirements.

    python scripts/verify.py {build}

The command makes an environment from `requirements.txt`, holds every file to its hash, reads the
extracts again, runs the notebooks again, compares every figure and every printed number, recomputes
the headline figures by a second program, and prints a certificate. Anything that was changed since
the paper was made is named, and the exit code is then 1.

| folder or file | what it is |
|---|---|
| `{build}/` | the paper: the HTML book, the PDF, the executed notebooks |
| `{build}/figures.json` | every figure with its lineage |
| `{build}/checks.json` | every check with its outcome |
| `{build}/manifest.json` | the hashes of inputs, parameters, code and outputs |
| `data/`, `params/` | the inputs and parameters |
| `src/`, `notebooks/`, `templates/`, `book/` | the program, version {software} |
| `requirements.txt` | the libraries, each locked by hash |
| `ro-crate-metadata.json` | this folder described as a research object (RO-Crate 1.1) |

The bundle bears no signature. Compare its SHA-256 with one that you were given another way.
"""


def write_bundle(build: Path, out: Path | None = None, home: Path | None = None) -> Path:
    """Write the bundle of a build and return its path; beside the build unless `out` says where.

    BuildFault names every file that is not as it was sealed: only a whole build is bundled.
    """
    sealed = find_sealed(build, home)
    target = sealed.build.with_name(f"{sealed.build.name}.zip") if out is None else out
    if sealed.build in target.resolve().parents:
        raise UsageFault(f"{target} lies inside the build. Name a file outside it.")
    content = bundle_content(sealed)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zip_bytes(content))
    return target


def bundle_content(sealed: Sealed) -> dict[str, bytes]:
    """The files of a bundle by their names in it, its description among them."""
    findings = check_seals(sealed).findings
    if findings or sealed.month is None:
        told = "\n".join(str(finding) for finding in findings)
        raise BuildFault(f"The build is not as it was sealed. Render the paper again.\n{told}")
    content = {name: path.read_bytes() for name, path in _files(sealed)}
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    content[VERIFY] = _how_to_verify(sealed, paper).encode()
    content[METADATA] = crate_metadata(_described(sealed, paper), content).encode()
    return content


def _files(sealed: Sealed) -> Iterator[tuple[str, Path]]:
    for group in GROUPS:
        for name in sealed.group(group):
            yield _named(sealed, group, name), sealed.root(group) / name
    yield f"{_place(sealed)}/{NAME}", sealed.build / NAME
    for name in present(sealed.project, (sealed.project / name for name in ALONGSIDE)):
        yield name, sealed.project / name


def _named(sealed: Sealed, group: str, name: str) -> str:
    """A sealed file's name in the bundle: what lies in the build lies in the build's place."""
    return f"{_place(sealed)}/{name}" if sealed.root(group) == sealed.build else name


def _place(sealed: Sealed) -> str:
    month = sealed.month
    if month is None:
        raise BuildFault("The manifest names no financial year and month.")
    return f"build/{month.year_folder}/{month.code}/{sealed.place}"


def _how_to_verify(sealed: Sealed, paper: Paper) -> str:
    made = _made_with(sealed)
    return HOW_TO_VERIFY.format(
        title=title(paper),
        status=_identity(sealed, "status"),
        build=_place(sealed),
        python=made["python"],
        software=made["boardpack"],
    )


def _described(sealed: Sealed, paper: Paper) -> Described:
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
        made_from=tuple(n for g in ("inputs", "parameters", "code") for n in groups[g]),
        made=tuple(n for g in ("notebooks", "records", "outputs") for n in groups[g]),
    )


def _made_with(sealed: Sealed) -> dict[str, str]:
    found = (sealed.record or {}).get("made_with", {})
    return {name: str(found.get(name, "")) for name in ("boardpack", "python")}


def _identity(sealed: Sealed, name: str) -> str:
    return str((sealed.record or {}).get("paper", {}).get(name, ""))
