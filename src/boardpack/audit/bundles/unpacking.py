"""A bundle's zip, unpacked into a folder that is thrown away; nothing of the zip is believed.

A name that leads outside, a link, a name that stands twice and a zip that swells beyond all measure
are refused before a file is written, all of them at once.
"""

from __future__ import annotations

import shutil
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from boardpack.audit.verification.sealed import Sealed
from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.core.held_folder import held_folder
from boardpack.render.manifest import NAME

MOST_FILES = 20_000
MOST_BYTES = 2 * 1024**3
"""No paper comes near these, and no disk is filled by them."""
REMEDY = "Do not use this file; ask for the bundle again."
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1


@contextmanager
def unpacked(bundle: Path) -> Iterator[tuple[Path, Sequence[str]]]:
    """The folder of an unpacked bundle, and the names of the files that the zip holds.

    InputFaults where the zip is damaged or not safe to unpack, UsageFault where it is no bundle.
    """
    with held_folder() as folder:
        place = folder / "bundle"
        try:
            with zipfile.ZipFile(bundle) as archive:
                names = _unpack(archive, bundle, place)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            said = f"a zip that can be read ({error})"
            raise InputFaults([Fault(bundle.name, said, REMEDY)]) from None
        yield place, names


def only_build(place: Path, bundle: Path) -> Path:
    """The one build of an unpacked bundle; UsageFault where there is none, or more than one."""
    found = sorted(place.glob(f"build/*/*/*/{NAME}"))
    if len(found) != 1:
        said = "several builds" if found else f"no build/<year>/<month>/<place>/{NAME}"
        raise UsageFault(f"{bundle} is no bundle: it holds {said}.")
    return found[0].parent


def put_in(sealed: Sealed, inputs: Path) -> None:
    """Put originals that a bundle withholds in their places; UsageFault where a folder has none.

    They are looked for by their path in the bundle, then by their name alone.
    """
    if not inputs.is_dir():
        raise UsageFault(f"There is no folder {inputs} for --inputs.")
    if not sealed.withheld:
        raise UsageFault("The bundle withholds nothing that is not in it. Leave out --inputs.")
    found = [name for name in sorted(sealed.withheld) if _is_put_in(sealed.home, name, inputs)]
    if not found:
        named = ", ".join(sorted(sealed.withheld))
        raise UsageFault(f"{inputs} holds none of what the bundle withholds: {named}.")


def _is_put_in(home: Path, name: str, inputs: Path) -> bool:
    for original in (inputs / name, inputs / PurePosixPath(name).name):
        if original.is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(original, home / name)
            return True
    return False


def _unpack(archive: zipfile.ZipFile, bundle: Path, place: Path) -> Sequence[str]:
    faults = [*_too_much(archive, bundle.name)]
    entries = [entry for entry in archive.infolist() if not entry.orig_filename.endswith("/")]
    names = [entry.orig_filename for entry in entries]
    for entry in archive.infolist():
        expected = _expected(entry)
        if expected is not None:
            faults.append(Fault(bundle.name, expected, REMEDY, value=entry.orig_filename))
    for name in _twice(names):
        faults.append(Fault(bundle.name, "each name once", REMEDY, value=name))
    if faults:
        raise InputFaults(faults)
    place.mkdir()
    for entry in entries:
        target = place / entry.orig_filename
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(entry))
    return names


def _too_much(archive: zipfile.ZipFile, name: str) -> Iterator[Fault]:
    """A reading stops at the size that an entry states, so that what is stated can be relied on."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        yield Fault(name, f"at most {MOST_FILES:,} files", REMEDY, value=f"{len(entries):,} files")
    if size > MOST_BYTES:
        yield Fault(name, f"at most {MOST_BYTES:,} bytes", REMEDY, value=f"{size:,} bytes")


def _expected(entry: zipfile.ZipInfo) -> str | None:
    """What an entry should be and is not; None where nothing is wrong with it."""
    name, kind = entry.orig_filename, stat.S_IFMT(entry.external_attr >> 16)
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or PureWindowsPath(name).drive or {"", ".", ".."}.intersection(parts):
        return "a name that stays inside the folder it is unpacked into"
    if "\\" in name or any(unicodedata.category(letter) == "Cc" for letter in name):
        return "a name without backslashes and control characters"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "a plain file, not a link"
    if entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS:
        return "a file that is stored or deflated, and not encrypted"
    return None


def _twice(names: Sequence[str]) -> Iterator[str]:
    """Names of more than one file, and names of files that are those of folders too."""
    counts = Counter(names)
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    yield from (name for name, count in counts.items() if count > 1 or name in folders)
