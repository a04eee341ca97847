"""A throw-away certification authority: keys and certificates that are the same on every machine.

Its keys derive from a sentence in this file, so everybody has them: they prove nothing, which is
their purpose. RSA with PKCS#1 v1.5 padding, whose signatures hold no chance.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate, Name

_SENTENCE = "sohoa imitate: khoá thử nghiệm, ai cũng biết"
_VIETNAM = timezone(timedelta(hours=7))
_FROM = datetime(2024, 1, 1, tzinfo=_VIETNAM)
_UNTIL = datetime(2044, 1, 1, tzinfo=_VIETNAM)
_EXPONENT = 65537


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A private key and its certificate."""

    key: RSAPrivateKey
    certificate: Certificate


@cache
def root() -> Identity:
    """The self-signed root of the test authority."""
    name = _name("RootCA thử nghiệm (sohoa)", "Dự án sohoa - chỉ để thử nghiệm")
    return _issue(name, "root", None)


@cache
def intermediate() -> Identity:
    """The issuing authority below the root."""
    name = _name("CA thử nghiệm phục vụ các cơ quan (sohoa)", "Dự án sohoa - chỉ để thử nghiệm")
    return _issue(name, "intermediate", root())


@cache
def organ(name: str) -> Identity:
    """The certificate of a signing organ, issued by the intermediate authority."""
    return _issue(_name(name, name), f"organ {name}", intermediate(), ca=False)


def _name(common: str, organization: str) -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _issue(subject: Name, label: str, issuer: Identity | None, *, ca: bool = True) -> Identity:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    key = _key(label)
    signer = issuer.key if issuer else key
    usage = x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(_number(f"serial {label}", 120) | 1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    return Identity(key, certificate)


@cache
def _key(label: str) -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    p, q = _prime(f"{label} p"), _prime(f"{label} q")
    modulus, phi = p * q, (p - 1) * (q - 1)
    private = pow(_EXPONENT, -1, phi)
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=private,
        dmp1=private % (p - 1),
        dmq1=private % (q - 1),
        iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(_EXPONENT, modulus),
    )
    return numbers.private_key()


def _number(label: str, bits: int) -> int:
    """A number of that many bits from the label, the same everywhere."""
    digest = hashlib.shake_256(f"{_SENTENCE}/{label}".encode()).digest(bits // 8)
    return int.from_bytes(digest, "big")


def _prime(label: str, bits: int = 1024) -> int:
    """The first prime above a number made of the label; its two top bits are set."""
    candidate = _number(label, bits) | (3 << (bits - 2)) | 1
    while not (_is_prime(candidate) and (candidate - 1) % _EXPONENT):
        candidate += 2
    return candidate


def _is_prime(number: int) -> bool:
    """Miller-Rabin with fixed bases: enough for keys that are public anyway."""
    small = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)
    if any(number % prime == 0 for prime in small):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd //= 2
        twos += 1
    for base in (2, 3, 5, 7, 11, 13):
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True
