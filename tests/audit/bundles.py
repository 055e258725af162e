"""Bundles for tests: a signing key, and a zip whose files were altered by somebody."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

BUILD = "build/2023-24/M06/bromley"


def key_pair(folder: Path, seed: int, phrase: bytes = b"") -> tuple[Path, Path]:
    """The files of a private key and its public key, made from a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    how: KeySerializationEncryption = BestAvailableEncryption(phrase) if phrase else NoEncryption()
    private, public = folder / f"private-{seed}.pem", folder / f"public-{seed}.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    form = PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, form))
    return private, public


def files_of(bundle: Path) -> dict[str, bytes]:
    """The files of a zip by name."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(bundle: Path, target: Path, changes: Mapping[str, bytes | None]) -> Path:
    """The zip with other files in place of some; None leaves one out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**files_of(bundle), **changes}.items():
            if content is not None:
                archive.writestr(name, content)
    return target


def unzipped(bundle: Path, folder: Path) -> Path:
    """A bundle unpacked as a reader would, in a folder of its own."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder
