"""Signing with a key on a token: softhsm2 stands in for the office's USB token."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from sohoa.archive.signing import Signing, sign_pdf
from sohoa.archive.token_signing import Token, parse_token
from sohoa.errors import SettingsError
from sohoa.export import Original, searchable_pdf
from sohoa.imitate.authority import organ

from .conftest import make_record
from .test_signing import AT, BODY

_PIN = "1234"
_PLACES = (
    os.environ.get("SOFTHSM2_MODULE", ""),
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
)


@pytest.mark.parametrize(
    "address",
    ["", "pkcs11:", "pkcs11:token=a;object=b", "pkcs11:object=b?module-path=/x", "key.p12"],
)
def test_an_address_that_lacks_a_part_is_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        parse_token(address)


def test_an_address_tells_library_token_and_certificate() -> None:
    told = parse_token("pkcs11:token=V%C4%83n%20th%C6%B0;object=k1?module-path=/usr/lib/x.so")
    assert told == Token("/usr/lib/x.so", "Văn thư", "k1")


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Token:
    pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    module = next((each for each in _PLACES if each and Path(each).is_file()), None)
    program = shutil.which("softhsm2-util")
    if module is None or program is None:
        pytest.skip("softhsm2 is not installed")
    settings = tmp_path / "softhsm2.conf"
    (tmp_path / "tokens").mkdir()
    settings.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    holder = organ(BODY)
    key = tmp_path / "key.pem"
    key.write_bytes(
        holder.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    for more in (
        ["--init-token", "--free", "--so-pin", _PIN],
        ["--import", str(key), "--id", "01"],
    ):
        label = "office" if "--init-token" in more else "seal"
        where = [] if "--init-token" in more else ["--token", "office"]
        command = [program, "--module", module, *more, *where, "--label", label, "--pin", _PIN]
        subprocess.run(command, check=True, capture_output=True)
    library = pkcs11.lib(module)
    library.reinitialize()
    der = holder.certificate.public_bytes(serialization.Encoding.DER)
    with library.get_token(token_label="office").open(user_pin=_PIN, rw=True) as session:
        told = import_module("pkcs11.util.x509").decode_x509_certificate(der)
        told |= {pkcs11.Attribute.LABEL: "seal", pkcs11.Attribute.TOKEN: True}
        session.create_object(told)
    return Token(module, "office", "seal")


def test_a_key_on_a_token_signs(token: Token) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    derived = searchable_pdf.export(make_record(1), Original((), lambda number: None))
    signing = Signing(token, _PIN, AT)
    signed = sign_pdf(derived, signing)
    assert signed.startswith(derived)
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[]))
    assert status.intact
    assert status.valid
    assert status.signing_cert.subject.native["common_name"] == BODY
    with pytest.raises(SettingsError):
        sign_pdf(derived, replace(signing, password="wrong"))
    with pytest.raises(SettingsError):
        sign_pdf(derived, replace(signing, key=replace(token, certificate="other")))
