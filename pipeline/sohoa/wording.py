"""What vouches for a paper, in the words of the people who must decide: Vietnamese and English.

One catalogue for all who show it: the command line, the HTML report, the review pages. A sentence
has a stable key and named values; values that are days are written as each language writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# key: (Vietnamese, English)
SENTENCES: dict[str, tuple[str, str]] = {
    "field": ("{label}: {printed}.", "{label}: {printed}."),
    "field-missing": ("{label}: không tìm thấy.", "{label}: not found."),
    "seals-seen": ("Thấy {count} con dấu trên các trang.", "{count} seal(s) seen on the pages."),
    "seals-unclear": (
        "Có dấu vết của {count} con dấu, không rõ.",
        "Traces of {count} seal(s), not clear.",
    ),
    "seals-absent": ("Không thấy con dấu nào.", "No seal was seen on the pages."),
    "seal-agrees": ("Chữ trên dấu khớp với {name}.", "The words on the seal agree with {name}."),
    "seal-other-named": (
        "Chữ trên dấu khớp với một cơ quan có tên trên văn bản: {name}.",
        "The words on the seal agree with a body named on the paper: {name}.",
    ),
    "seal-contradicts": (
        "Chữ trên dấu là của {name}, không phải {body}.",
        "The words on the seal name {name}, not {body}.",
    ),
    "seal-unread": (
        "Không đọc được chữ trên dấu đủ rõ để đối chiếu.",
        "The words on the seal could not be read well enough to compare.",
    ),
    "hands-seen": (
        "Thấy {count} chữ ký tay trên các trang.",
        "{count} signature(s) by hand seen on the pages.",
    ),
    "hands-absent": ("Không thấy chữ ký tay nào.", "No signature by hand was seen."),
    "signatures-absent": ("Tệp không có chữ ký số.", "The file bears no digital signature."),
    "signatures-unknown": (
        "Không xem được tệp có chữ ký số hay không.",
        "Whether the file bears a digital signature cannot be told.",
    ),
    "signature-passed": (
        "Chữ ký số của {signer} còn nguyên vẹn và được tin cậy.",
        "The digital signature of {signer} holds.",
    ),
    "signature-indeterminate": (
        "Chưa kết luận được về chữ ký số của {signer}: {problems}.",
        "The digital signature of {signer} cannot be told for sure to hold: {problems}.",
    ),
    "signature-failed": (
        "Chữ ký số của {signer} không giữ được: {problems}.",
        "The digital signature of {signer} does not hold: {problems}.",
    ),
    "certificate-agrees": (
        "Chủ chứng thư số khớp với văn bản: {name}.",
        "The certificate's holder agrees with the paper: {name}.",
    ),
    "certificate-of-body": (
        "Chứng thư số là của {name}, thuộc {body} có tên trên văn bản.",
        "The certificate is that of {name}, which belongs to {body}, named on the paper.",
    ),
    "certificate-contradicts": (
        "Chứng thư ký bản sao là của {name}, nhưng cơ quan sao là {body}.",
        "It is signed as a copy by {name}, but the copying body is {body}.",
    ),
    "certificate-not-named": (
        "Chủ chứng thư số, {name}, không có tên trên văn bản.",
        "The certificate's holder, {name}, is not named on the paper.",
    ),
    "certificate-names-nobody": (
        "Chứng thư số không ghi tên ai.",
        "The certificate names nobody.",
    ),
    "shown-date-agrees": (
        "Ngày hiện trên hình chữ ký, {shown}, khớp với ngày ký số.",
        "The date shown in the signature's picture, {shown}, is that of the signature.",
    ),
    "shown-date-contradicts": (
        "Ngày hiện trên hình chữ ký, {shown}, khác ngày ký số, {signed}.",
        "The date shown in the signature's picture, {shown}, is not the signature's, {signed}.",
    ),
    "order-holds": (
        "{late} ({late_day}) không trước {early} ({early_day}).",
        "The {late} ({late_day}) does not come before the {early} ({early_day}).",
    ),
    "order-broken": (
        "{late} ({late_day}) lại trước {early} ({early_day}).",
        "The {late} ({late_day}) comes before the {early} ({early_day}).",
    ),
    "order-unknown": (
        "Không so được ngày của {early} với {late}.",
        "The dates of the {early} and the {late} cannot be compared.",
    ),
}

# Values that are words themselves, by key: they are put into the language of the sentence.
TERMS: dict[str, tuple[str, str]] = {
    "label.original-number": ("Số văn bản", "Number of the document"),
    "label.original-date": ("Ngày văn bản", "Date of the document"),
    "label.original-issuer": ("Cơ quan ban hành", "Issuing body"),
    "label.original-signer": ("Người ký", "Signer"),
    "label.copy-kind": ("Hình thức sao", "Kind of copy"),
    "label.copy-number": ("Số bản sao", "Number of the copy"),
    "label.copy-date": ("Ngày sao", "Date of the copy"),
    "label.copy-body": ("Cơ quan sao", "Copying body"),
    "label.copy-signer": ("Người ký bản sao", "Signer of the copy"),
    "moment.original": ("văn bản gốc", "original"),
    "moment.copy": ("bản sao", "copy"),
    "moment.incoming": ("dấu đến", "incoming stamp"),
    "moment.signature": ("chữ ký số", "digital signature"),
    "moment.copy-signature": ("chữ ký số của bản sao", "copy's digital signature"),
    "unknown-signer": ("người không rõ tên", "an unknown signer"),
    "event.original": ("bản gốc", "original"),
    "event.copy": ("bản sao", "copy"),
    "event.digitization": ("số hoá", "digitization"),
    "event.order": ("trình tự", "order"),
    "standing.seen": ("đã thấy", "seen"),
    "standing.inferred": ("suy ra", "inferred"),
    "standing.missing": ("thiếu", "missing"),
    "standing.contradicted": ("mâu thuẫn", "contradicted"),
    "outcome.consistent": (
        "Nhất quán: không có gì mâu thuẫn, mọi chữ ký số đều giữ được.",
        "Consistent: nothing contradicts, every digital signature holds.",
    ),
    "outcome.contradicted": (
        "Mâu thuẫn: xem các dòng được đánh dấu.",
        "Contradicted: see the lines that are marked.",
    ),
    "outcome.cannot-tell": (
        "Không kết luận được: thiếu bằng chứng, hoặc chứng thư gốc chưa được tin cậy.",
        "Cannot tell: evidence is missing, or no trusted root vouches for the signatures.",
    ),
    "verdict.passed": ("giữ được", "holds"),
    "verdict.indeterminate": ("chưa kết luận được", "cannot be told for sure"),
    "verdict.failed": ("không giữ được", "does not hold"),
    "intact.yes": ("còn nguyên", "intact"),
    "intact.no": ("đã bị đổi", "changed"),
    "intact.unknown": ("không rõ", "cannot be told"),
    "coverage.whole-file": ("cả tệp", "the whole file"),
    "coverage.revision": (
        "cả tệp như lúc ký, sau đó có thêm phần khác",
        "the whole file as it was when signed; more was added later",
    ),
    "coverage.partial": ("bỏ sót một phần tệp", "leaves out a part of the file"),
    "coverage.broken": ("hỏng", "broken"),
    "coverage.unknown": ("không rõ", "cannot be told"),
    "changes.none": ("không có gì", "nothing"),
    "changes.signatures": ("chỉ thêm chữ ký", "further signatures only"),
    "changes.form-filling": ("điền biểu mẫu hoặc ghi chú", "form fields or notes"),
    "changes.other": ("thay đổi không được phép", "changes that are not allowed"),
    "changes.unknown": ("không rõ", "cannot be told"),
    "trust.trusted": ("dẫn tới chứng thư gốc tin cậy", "leads to a trusted root"),
    "trust.no-roots": ("chưa nêu chứng thư gốc nào", "no trusted roots were named"),
    "trust.no-path": ("không dẫn tới chứng thư gốc tin cậy", "leads to no trusted root"),
    "trust.self-signed": ("chứng thư tự ký", "the certificate vouches for itself"),
    "trust.not-valid-then": ("không có hiệu lực vào lúc ký", "not valid when it was used"),
    "trust.revoked": ("đã bị thu hồi", "revoked"),
    "trust.unknown": ("không rõ", "cannot be told"),
    "revocation.good": ("bằng chứng kèm theo: chưa bị thu hồi", "embedded proof: not revoked"),
    "revocation.revoked": ("bằng chứng kèm theo: đã bị thu hồi", "embedded proof: revoked"),
    "revocation.not-embedded": ("tệp không kèm bằng chứng", "no proof is embedded"),
    "revocation.not-checked": ("không kiểm tra", "not checked"),
    "seal": ("con dấu", "seal"),
    "stamp": ("dấu", "stamp"),
    "hand": ("chữ ký tay", "signature by hand"),
    "seal.round": ("dấu tròn", "round seal"),
    "seal.edge": ("dấu ở mép giấy (giáp lai)", "seal at the edge of the sheet"),
    "seal.set-off": ("vết dấu hằn từ trang bên", "set-off of the facing page's seal"),
    "stamp.incoming": ("dấu đến", "incoming stamp"),
    "stamp.urgency": ("dấu chỉ độ khẩn", "urgency stamp"),
    "stamp.secrecy": ("dấu chỉ độ mật", "secrecy stamp"),
    "stamp.name": ("dấu tên", "name stamp"),
    "stamp.number": ("dấu số", "number stamp"),
    "stamp.copy": ("dấu sao y", "copy stamp"),
    "stamp.other": ("dấu khác", "other stamp"),
    "colour.red": ("đỏ", "red"),
    "colour.purple": ("tím", "purple"),
    "colour.blue": ("xanh", "blue"),
    "colour.black": ("đen", "black"),
    "presence.present": ("rõ", "clear"),
    "presence.unclear": ("không rõ", "unclear"),
    "presence.absent": ("không phải dấu của trang này", "not a seal of this page"),
    "crossed": ("có con dấu đè lên", "a seal lies over it"),
}

PROBLEMS: dict[str, tuple[str, str]] = {
    "not-intact": (
        "nội dung đã ký bị đổi, hoặc chữ ký không phải của tệp này",
        "the signed bytes were changed, or the signature is not this file's",
    ),
    "bytes-not-covered": (
        "chữ ký bỏ sót phần tệp lẽ ra phải bao trùm",
        "the signature leaves out bytes that it should cover",
    ),
    "changed-after-signing": (
        "tệp bị sửa sau khi ký",
        "the file was changed after it was signed",
    ),
    "self-signed-certificate": (
        "chứng thư tự ký, ai cũng làm ra được",
        "the certificate vouches for itself; anyone can make such a one",
    ),
    "certificate-not-valid-then": (
        "chứng thư không có hiệu lực vào lúc ký",
        "the certificate was not valid at the time of signing",
    ),
    "certificate-revoked": ("chứng thư đã bị thu hồi", "the certificate was revoked"),
    "timestamp-does-not-fit": (
        "dấu thời gian là của chữ ký khác",
        "the time-stamp belongs to another signature",
    ),
    "cannot-tell-intact": (
        "không biết nội dung đã ký còn nguyên không",
        "whether the signed bytes are intact cannot be told",
    ),
    "cannot-tell-coverage": (
        "không biết chữ ký bao trùm phần nào",
        "which bytes are signed cannot be told",
    ),
    "named-by-no-field": (
        "không trường biểu mẫu nào nêu chữ ký này",
        "no form field of the document names this signature",
    ),
    "cannot-tell-changes": (
        "không biết tệp có bị sửa sau khi ký không",
        "whether the file was changed afterwards cannot be told",
    ),
    "form-filled-after-signing": (
        "có điền biểu mẫu hoặc ghi chú sau khi ký",
        "form fields were filled in or notes added after signing",
    ),
    "no-trust-roots": (
        "chưa nêu chứng thư gốc tin cậy, nên chưa ai bảo đảm cho người ký",
        "no trusted root certificates are named, so nobody vouches for the signer",
    ),
    "no-trusted-path": (
        "không chứng thư gốc tin cậy nào bảo đảm cho chứng thư này",
        "no trusted root vouches for the certificate",
    ),
    "cannot-tell-trust": (
        "không biết chứng thư có đáng tin không",
        "whether the certificate is to be trusted cannot be told",
    ),
    "weak-algorithm": (
        "dùng thuật toán không còn an toàn",
        "an algorithm that is no longer safe was used",
    ),
}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")


def word(key: str, values: Mapping[str, str], language: str) -> str:
    """The sentence under ``key`` in ``vi`` or ``en``; the key itself where it is not known.

    A value of the form ``=term`` is put into words by ``TERMS``, ``problems`` by ``PROBLEMS``.
    """
    if key not in SENTENCES:
        return key
    said = {name: _worded(name, value, language) for name, value in values.items()}
    sentence = _choose(SENTENCES[key], language).format(**said)
    return sentence[:1].upper() + sentence[1:]


def term(key: str, language: str) -> str:
    """A word of the catalogue in ``vi`` or ``en``; the key itself where it is not known."""
    return _choose(TERMS[key], language) if key in TERMS else key


def word_problems(codes: Iterable[str], language: str) -> str:
    """The problems of a signature, parted by semicolons."""
    return "; ".join(_choose(PROBLEMS[code], language) for code in codes if code in PROBLEMS)


def _worded(name: str, value: str, language: str) -> str:
    if name == "problems":
        return word_problems(value.split(), language)
    if value.startswith("=") and value[1:] in TERMS:
        return _choose(TERMS[value[1:]], language)
    day = _DAY.fullmatch(value)
    if day is not None and language == "vi":
        return f"{day[3]}/{day[2]}/{day[1]}"
    return value[:10] if day is not None else value


def _choose(pair: tuple[str, str], language: str) -> str:
    return pair[0] if language == "vi" else pair[1]
