"""What a bundle says of itself to the person who has to verify it: VERIFY.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boardpack.audit.bundles.signature import SIGNATURE, SUMS

VERIFY = "VERIFY.md"
MAIN = """# How to verify this bundle

This folder holds the paper *{title}* ({status}) and {what} that it was made from. You need
Python {python}, with which it was made, or another that README.md names, and a network or a package
mirror once, to install the locked requirements.

    python scripts/verify.py {build}

The command makes an environment from `requirements.txt`, holds every file to its hash, reads the
extracts again, runs the notebooks again, compares every figure and every printed number, recomputes
the headline figures by a second program, and prints a certificate. Anything that was changed since
the paper was made is named, and the exit code is then 1. Where boardpack is installed already, its
`boardpack verify BUNDLE.zip` does the same with the zip as it came.

| folder or file | what it is |
|---|---|
| `{build}/` | the paper: the HTML book, the PDF, the executed notebooks |
| `{build}/figures.json` | every figure with its lineage |
| `{build}/figures.csv`, `figures.parquet` | the same as a table; see `data-dictionary.md` |
| `{build}/checks.json` | every check with its outcome |
| `{build}/manifest.json` | the hashes of inputs, parameters, code and outputs |
| `data/`, `params/` | the inputs and parameters |
| `src/`, `notebooks/`, `templates/`, `book/` | the program, version {software} |
| `requirements.txt` | the libraries, each locked by hash |
| `ro-crate-metadata.json` | this folder described as a research object (RO-Crate 1.1) |

## Trust

The command above is part of this bundle, and so is the program that it starts. Use it for a bundle
from somebody whose programs you would run, or where it can do no harm. A boardpack that you have
from elsewhere is the better judge of the zip: it runs nothing of the bundle, only notebooks of its
own, and names every file of code that is other than its own. `--static` runs nothing at all.

## Signature

{signature}"""
UNSIGNED = """\
The bundle bears no signature. Compare its SHA-256 with one that you were given another way.
"""
SIGNED = """\
`{name}` is an Ed25519 signature of `{sums}`, which lists every other file with its SHA-256.
The key's fingerprint, the SHA-256 of its DER form, is

    {fingerprint}

That the signature fits says only that whoever holds this key made the bundle. Get the public key
another way than with the bundle, and add `--public-key KEY.pem` to the command: a signature that is
missing, wrong or of another key is then a finding, and nothing of the bundle is run.
"""
WITHHELD = """
## Withheld

These inputs are sensitive, and the bundle holds their SHA-256 and size in place of their content:

{listed}

Without them the verification is partial: the month is not performed again, the headlines are not
recomputed, and the certificate says so. All other files are held to their hashes, and every printed
number and block to the register. Whoever has the originals puts them in the places named above,
or gives their folder with the zip, and the verification is whole:

    boardpack verify BUNDLE.zip --inputs FOLDER

What the paper itself shows of an input is not withheld: it stands in the paper and its register.
"""


@dataclass(frozen=True)
class Told:
    """What VERIFY.md has to say of one bundle; `fingerprint` is empty where it is not signed."""

    title: str
    status: str
    build: str
    python: str
    software: str
    fingerprint: str
    withheld: tuple[str, ...]


def how_to_verify(told: Told) -> str:
    """The text of VERIFY.md, true of a bundle with or without signature and withheld inputs."""
    signature = SIGNED if told.fingerprint else UNSIGNED
    said = MAIN.format(
        title=told.title,
        status=told.status,
        build=told.build,
        python=told.python,
        software=told.software,
        what="everything but some inputs" if told.withheld else "everything",
        signature=signature.format(name=SIGNATURE, sums=SUMS, fingerprint=told.fingerprint),
    )
    return said + (WITHHELD.format(listed=_listed(told.withheld)) if told.withheld else "")


def _listed(names: Iterable[str]) -> str:
    return "\n".join(f"- `{name}`" for name in names)
