"""Whether a signature value fits a public key and a message.

Kept apart from pyHanko's own check because signing tools in use write algorithm identifiers that
strict parsers refuse: a digest without its NULL parameter (RFC 8017, appendix A.2.4, asks that
both be accepted), or RSA keys named with the parameters of another padding. The comparison itself
is exact over the whole length of the key: nothing here accepts a padding that is merely alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

_RSA = "1.2.840.113549.1.1."
_RSA_PSS = _RSA + "10"
_ECDSA = "1.2.840.10045.4."
# RFC 8017 and RFC 5754: algorithms that name their digest.
_NAMED_DIGESTS = {
    _RSA + "4": "md5", _RSA + "5": "sha1", _RSA + "11": "sha256", _RSA + "12": "sha384",
    _RSA + "13": "sha512", _RSA + "14": "sha224",
    _ECDSA + "1": "sha1", _ECDSA + "3.1": "sha224", _ECDSA + "3.2": "sha256",
    _ECDSA + "3.3": "sha384", _ECDSA + "3.4": "sha512",
}  # fmt: skip
_DIGEST_OIDS = {
    "md5": "1.2.840.113549.2.5", "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4", "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3",
}  # fmt: skip
_NAMES = {oid: name for name, oid in _DIGEST_OIDS.items()}


class CannotTell(Exception):
    """An algorithm or a form that is not known here: neither good nor bad."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """An algorithm identifier read leniently: its number, and its parameters as they stand."""

    oid: str
    parameters: bytes = b""

    @classmethod
    def parse(cls, encoded: bytes) -> Algorithm:
        from asn1crypto import core

        class Identifier(core.Sequence):  # type: ignore[misc]
            _fields = [  # noqa: RUF012 (the form that asn1crypto asks for)
                ("algorithm", core.ObjectIdentifier),
                ("parameters", core.Any, {"optional": True}),
            ]

        value = Identifier.load(encoded)
        parameters = value["parameters"]
        empty = isinstance(parameters, core.Void)
        return cls(value["algorithm"].dotted, b"" if empty else parameters.dump())

    @property
    def name(self) -> str:
        """A readable name for the record."""
        if self.oid == _RSA_PSS:
            return "rsa-pss"
        if self.oid.startswith(_RSA):
            return "rsa"
        return "ecdsa" if self.oid.startswith(_ECDSA) else self.oid

    @property
    def digest(self) -> str | None:
        """The digest that the algorithm names, or that a digest algorithm is."""
        return _NAMED_DIGESTS.get(self.oid) or _NAMES.get(self.oid)


@dataclass(frozen=True, slots=True)
class Claim:
    """A signature value, with the algorithm and the digest that it says it was made with."""

    algorithm: Algorithm
    digest: str
    value: bytes


def fits(public_key: bytes, claim: Claim, message_digest: bytes) -> bool:
    """Whether the claim is good for a message of that digest; ``CannotTell`` for unknown kinds.

    ``public_key``: a DER SubjectPublicKeyInfo.
    """
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key: Any = load_der_public_key(public_key)
    except Exception as error:
        raise CannotTell(f"The public key cannot be read ({type(error).__name__}).") from error
    if isinstance(key, RSAPublicKey) and claim.algorithm.oid.startswith(_RSA):
        if claim.algorithm.oid == _RSA_PSS:
            return _fits_pss(key, claim, message_digest)
        return _fits_pkcs1(key, claim, message_digest) or (
            _looks_like_pss(claim.algorithm) and _fits_pss(key, claim, message_digest)
        )
    if isinstance(key, EllipticCurvePublicKey) and claim.algorithm.oid.startswith(_ECDSA):
        return _fits_ecdsa(key, claim, message_digest)
    raise CannotTell(f"The algorithm {claim.algorithm.oid} is not known here.")


def describe_key(public_key: bytes) -> str | None:
    """Kind and size of a key ("RSA 2048", "EC secp256r1"); None where it cannot be read."""
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key: Any = load_der_public_key(public_key)
    except Exception:
        return None
    curve = getattr(key, "curve", None)
    size = getattr(key, "key_size", "")
    kind = type(key).__name__.removesuffix("PublicKey").removesuffix("Public").strip("_")
    return f"EC {curve.name}" if curve else f"{kind} {size}".strip()


def _fits_pkcs1(key: RSAPublicKey, claim: Claim, message_digest: bytes) -> bool:
    numbers = key.public_numbers()
    width = (numbers.n.bit_length() + 7) // 8
    if len(claim.value) != width:
        return False
    block = pow(int.from_bytes(claim.value, "big"), numbers.e, numbers.n).to_bytes(width, "big")
    prefixes = _digest_prefixes(claim.digest, len(message_digest))
    expected = (prefix + message_digest for prefix in prefixes)
    return any(
        block == b"\x00\x01" + b"\xff" * (width - len(info) - 3) + b"\x00" + info
        for info in expected
        if width - len(info) - 3 >= 8
    )


def _digest_prefixes(digest: str, size: int) -> tuple[bytes, bytes]:
    """DigestInfo up to the digest itself, with and without the NULL parameter."""
    from asn1crypto.core import ObjectIdentifier

    if digest not in _DIGEST_OIDS:
        raise CannotTell(f"The digest {digest} is not known here.")
    oid = ObjectIdentifier(_DIGEST_OIDS[digest]).dump()
    octets = bytes((0x04, size))

    def sequence(inner: bytes, after: int = 0) -> bytes:
        return bytes((0x30, len(inner) + after)) + inner

    with_null = sequence(oid + b"\x05\x00")
    bare = sequence(oid)
    return (
        sequence(with_null + octets, size),
        sequence(bare + octets, size),
    )


def _looks_like_pss(algorithm: Algorithm) -> bool:
    return algorithm.parameters[:1] == b"\x30"


def _fits_pss(key: RSAPublicKey, claim: Claim, message_digest: bytes) -> bool:
    from asn1crypto.algos import RSASSAPSSParams
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import padding, utils

    parameters = RSASSAPSSParams.load(claim.algorithm.parameters or b"\x30\x00")
    hashed = parameters["hash_algorithm"]["algorithm"].native
    generator = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    scheme = padding.PSS(
        mgf=padding.MGF1(_hash(generator)), salt_length=parameters["salt_length"].native
    )
    if hashed != claim.digest:
        return False
    try:
        key.verify(claim.value, message_digest, scheme, utils.Prehashed(_hash(hashed)))
    except InvalidSignature:
        return False
    return True


def _fits_ecdsa(key: Any, claim: Claim, message_digest: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    try:
        key.verify(claim.value, message_digest, ec.ECDSA(utils.Prehashed(_hash(claim.digest))))
    except InvalidSignature:
        return False
    return True


def _hash(name: str) -> HashAlgorithm:
    from cryptography.hazmat.primitives import hashes

    kinds: dict[str, type[HashAlgorithm]] = {
        "md5": hashes.MD5, "sha1": hashes.SHA1, "sha224": hashes.SHA224,
        "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512,
    }  # fmt: skip
    if name not in kinds:
        raise CannotTell(f"The digest {name} is not known here.")
    return kinds[name]()
