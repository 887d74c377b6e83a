"""The key that signs manifests: made once at set-up, kept in a file that only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from woo.errors import InputRejected


def load_or_make_key(path: Path) -> Ed25519PrivateKey:
    """The key in `path`; made there (mode 0600) where there is none. InputRejected where others can read the file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return load_signing_key(path)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True)
        return load_or_make_key(path)
    key = Ed25519PrivateKey.generate()
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return key


def load_signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key in `path`; InputRejected where it is no Ed25519 key or where others can read the file."""
    if path.stat().st_mode & 0o077:
        raise InputRejected(
            "De sleutel voor het ondertekenen is voor anderen leesbaar. Er is niets ondertekend. "
            "Zet de rechten van het sleutelbestand op 0600 en ga na of de sleutel nog geheim is."
        )
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputRejected(
            "Het sleutelbestand bevat geen Ed25519-sleutel. Er is niets ondertekend. Zet het goede bestand terug."
        )
    return key


def public_key_pem(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """The public key as PEM, for manifest-sleutel.pem."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(pem: bytes) -> Ed25519PublicKey:
    """The public key in a PEM text; InputRejected where it holds none."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise InputRejected("Dit is geen openbare Ed25519-sleutel. Er is niets gecontroleerd.")
    return key
