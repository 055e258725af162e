"""The signature of a bundle: Ed25519 over the list of its files and their hashes.

The list, `SHA256SUMS`, is what `sha256sum` writes, so that files and signature can be held without
this program. A signature says who made the bundle only to a reader who has the public key from
elsewhere: the one in the bundle is anybody's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from boardpack.core.errors import UsageFault

SUMS = "SHA256SUMS"
SIGNATURE = "signature.json"
SCHEMA = "boardpack/signature/1"
ALGORITHM = "Ed25519"
MAKE_ONE = "openssl genpkey -algorithm ed25519 -out KEY.pem makes one."
PUBLIC_OF = "openssl pkey -in KEY.pem -pubout gives the public key of a private one."


def read_private_key(path: Path, ask: Callable[[], str]) -> Ed25519PrivateKey:
    """An Ed25519 private key in PEM; `ask` gives the pass phrase of an encrypted one.

    UsageFault says in plain words why a file is not usable.
    """
    content = _content(path)
    try:
        try:
            key = load_pem_private_key(content, None)
        except TypeError:  # it is encrypted
            key = load_pem_private_key(content, ask().encode() or b"\0")
    except (ValueError, TypeError, UnsupportedAlgorithm):
        said = "is no private key in PEM, or its pass phrase is another"
        raise UsageFault(f"{path} {said}. {MAKE_ONE}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageFault(f"{path} is a private key of another kind than Ed25519. {MAKE_ONE}")
    return key


def read_public_key(path: Path) -> Ed25519PublicKey:
    """An Ed25519 public key in PEM; UsageFault where the file is none."""
    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm):
        raise UsageFault(f"{path} is no public key in PEM. {PUBLIC_OF}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageFault(f"{path} is a public key of another kind than Ed25519. {PUBLIC_OF}")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """The SHA-256 of a public key in its DER form, as `openssl pkey -outform DER` writes it."""
    form = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(form).hexdigest()


def signed(content: Mapping[str, bytes], key: Ed25519PrivateKey) -> dict[str, bytes]:
    """The list of the files and its signature, by their names in a bundle."""
    sums = sums_text({name: hashlib.sha256(data).hexdigest() for name, data in content.items()})
    signature = signature_text(key.public_key(), key.sign(sums.encode()))
    return {SUMS: sums.encode(), SIGNATURE: signature.encode()}


def sums_text(hashes: Mapping[str, str]) -> str:
    """The one text of a list of files and their hashes, sorted by name.

    >>> print(sums_text({"b.csv": "02", "a.csv": "01"}))
    01  a.csv
    02  b.csv
    """
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def signature_text(key: Ed25519PublicKey, signature: bytes) -> str:
    """The one text of a signature, so that a change of any byte of it shows."""
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    record = {
        "schema": SCHEMA,
        "algorithm": ALGORITHM,
        "signed": SUMS,
        "public_key": pem.decode(),
        "signature": signature.hex(),
    }
    return json.dumps(record, indent=1) + "\n"


def signer(record: Mapping[str, Any], text: bytes, sums: bytes) -> Ed25519PublicKey | None:
    """Whose signature a record is: the public key in it, where it signs `sums`; else None.

    `text` is the record as its file has it, which must be the one text of the signature.
    """
    try:
        key = load_pem_public_key(str(record.get("public_key")).encode())
        signature = bytes.fromhex(str(record.get("signature")))
        if not isinstance(key, Ed25519PublicKey):
            return None
        key.verify(signature, sums)
    except (ValueError, InvalidSignature, UnsupportedAlgorithm):
        return None
    return key if signature_text(key, signature).encode() == text else None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageFault(f"The key {path} cannot be read: {error.strerror}.") from None
