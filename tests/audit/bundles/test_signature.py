"""Keys and signatures: what is signed repeats and holds; a key that is none is told plainly."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from boardpack.audit.bundles.signature import (
    SIGNATURE,
    SUMS,
    fingerprint,
    read_private_key,
    read_public_key,
    signed,
    signer,
)
from boardpack.core.errors import UsageFault

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CONTENT = {"b.txt": b"second", "a.txt": b"first"}
SIGNED = signed(CONTENT, KEY)


def private_file(
    path: Path, key: Ed25519PrivateKey | rsa.RSAPrivateKey, phrase: bytes = b""
) -> Path:
    how: KeySerializationEncryption = BestAvailableEncryption(phrase) if phrase else NoEncryption()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    return path


def public_file(path: Path, key: Ed25519PrivateKey | rsa.RSAPrivateKey) -> Path:
    form = PublicFormat.SubjectPublicKeyInfo
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, form))
    return path


def nobody() -> str:
    raise AssertionError("the key is not encrypted")


def test_the_list_is_what_sha256sum_writes_and_the_signature_repeats() -> None:
    lines = [f"{hashlib.sha256(CONTENT[name]).hexdigest()}  {name}" for name in ("a.txt", "b.txt")]
    assert SIGNED[SUMS].decode() == "\n".join(lines) + "\n"
    assert signed(dict(reversed(CONTENT.items())), KEY) == SIGNED
    record = json.loads(SIGNED[SIGNATURE])
    KEY.public_key().verify(bytes.fromhex(record["signature"]), SIGNED[SUMS])


def holder(signature: bytes, sums: bytes) -> str | None:
    try:
        record = json.loads(signature)
    except ValueError:
        return None
    key = signer(record, signature, sums) if isinstance(record, dict) else None
    return None if key is None else fingerprint(key)


def test_the_signer_of_what_was_signed_is_found() -> None:
    assert holder(SIGNED[SIGNATURE], SIGNED[SUMS]) == fingerprint(KEY.public_key())


@given(
    name=st.sampled_from([SIGNATURE, SUMS]),
    where=st.floats(0, 1, exclude_max=True),
    flip=st.integers(1, 255),
)
def test_no_flipped_byte_of_a_signature_or_list_holds(name: str, where: float, flip: int) -> None:
    changed = {key: bytearray(value) for key, value in SIGNED.items()}
    changed[name][int(where * len(changed[name]))] ^= flip
    assert holder(bytes(changed[SIGNATURE]), bytes(changed[SUMS])) is None


def test_keys_are_read_from_pem_with_a_pass_phrase_where_one_is_needed(tmp_path: Path) -> None:
    plain = read_private_key(private_file(tmp_path / "plain.pem", KEY), nobody)
    locked = private_file(tmp_path / "locked.pem", KEY, b"open sesame")
    public = read_public_key(public_file(tmp_path / "public.pem", KEY))
    opened = read_private_key(locked, lambda: "open sesame")
    own = {fingerprint(key) for key in (plain.public_key(), opened.public_key(), public)}
    assert own == {fingerprint(KEY.public_key())}
    for phrase in ("another", ""):
        with pytest.raises(UsageFault, match="pass phrase is another"):
            read_private_key(locked, lambda phrase=phrase: phrase)  # type: ignore[misc]


def test_a_file_that_is_no_such_key_is_told_plainly(tmp_path: Path) -> None:
    other = rsa.generate_private_key(65537, 2048)
    private = private_file(tmp_path / "private.pem", KEY)
    public = public_file(tmp_path / "public.pem", KEY)
    (tmp_path / "none.pem").write_bytes(b"no key at all")
    for path, said in (
        (public, "is no private key in PEM"),
        (tmp_path / "none.pem", "is no private key in PEM"),
        (tmp_path / "missing.pem", "cannot be read"),
        (private_file(tmp_path / "rsa.pem", other), "of another kind than Ed25519"),
    ):
        with pytest.raises(UsageFault, match=said):
            read_private_key(path, nobody)
    for path, said in (
        (private, "is no public key in PEM"),
        (tmp_path / "missing.pem", "cannot be read"),
        (public_file(tmp_path / "rsa.pem", other), "of another kind than Ed25519"),
    ):
        with pytest.raises(UsageFault, match=said):
            read_public_key(path)
