"""The facts of seals, stamps and signatures, named for people in both languages."""

from __future__ import annotations

from sohoa.evidence import DigitalSignature, Handwriting, Seal, Stamp
from sohoa.wording import term, word_problems

Facts = list[tuple[str, str]]
InkThing = Seal | Stamp | Handwriting

# key: (Vietnamese, English)
LABELS: dict[str, tuple[str, str]] = {
    "title": ("Điều gì làm chứng cho văn bản", "What vouches for this paper"),
    "note": (
        "Trang này nêu những gì đã thấy trên giấy và trong tệp; không kết luận văn bản là thật.",
        "What was seen on the paper and in the file; not a word that the paper is genuine.",
    ),
    "ink": ("Con dấu, dấu và chữ ký tay", "Seals, stamps and signatures by hand"),
    "signatures": ("Chữ ký số", "Digital signatures"),
    "kind": ("loại", "kind"),
    "page": ("trang", "page"),
    "colour": ("màu mực", "ink"),
    "presence": ("độ rõ", "how clear"),
    "size": ("đường kính", "diameter"),
    "whole": ("phần còn thấy", "share seen"),
    "words": ("chữ đọc được", "words read"),
    "centre": ("chữ ở giữa", "words in the middle"),
    "agrees": ("khớp với", "agrees with"),
    "number": ("số đến", "number"),
    "date": ("ngày đến", "day"),
    "over": ("con dấu", "seal"),
    "verdict": ("kết luận", "verdict"),
    "problems": ("lý do", "reasons"),
    "signer": ("người ký", "signer"),
    "organization": ("tổ chức", "organization"),
    "issuer": ("bên cấp chứng thư", "issued by"),
    "serial": ("số chứng thư", "serial number"),
    "valid": ("hiệu lực", "valid"),
    "time": ("giờ ký nêu trong tệp", "time that the signer claims"),
    "attribute": ("giờ trong thuộc tính ký", "time in the signed attribute"),
    "timestamp": ("dấu thời gian", "time-stamp"),
    "reason": ("lý do ký", "reason given"),
    "location": ("nơi ký", "place given"),
    "intact": ("nội dung đã ký", "signed bytes"),
    "coverage": ("chữ ký bao trùm", "covers"),
    "changes": ("thêm sau khi ký", "added afterwards"),
    "trust": ("chứng thư", "certificate"),
    "revocation": ("thu hồi", "revocation"),
    "algorithm": ("thuật toán", "algorithms"),
    "field": ("trường", "field"),
    "shown": ("chữ hiện trên trang", "text shown"),
}


def facts_of_seal(thing: InkThing, language: str) -> Facts:
    """Label keys with their values, in words; the same keys in every language."""
    page, colour = str(thing.page), term(f"colour.{thing.colour}", language)
    if isinstance(thing, Seal):
        size = f"{thing.diameter_mm:g} mm" if thing.diameter_mm else ""
        return [
            ("kind", term(f"seal.{thing.kind}", language)),
            ("page", page),
            ("colour", colour),
            ("presence", term(f"presence.{thing.presence}", language)),
            ("size", size),
            ("whole", f"{thing.completeness:.0%}"),
            ("words", thing.text or ""),
            ("centre", thing.centre_text or ""),
            ("agrees", thing.matched or ""),
        ]
    if isinstance(thing, Stamp):
        return [
            ("kind", term(f"stamp.{thing.kind}", language)),
            ("page", page),
            ("colour", colour),
            ("words", thing.text or ""),
            ("number", thing.number or ""),
            ("date", thing.date or ""),
        ]
    crossed = term("crossed", language) if thing.crossed_by_seal else ""
    return [("kind", term("hand", language)), ("page", page), ("colour", colour), ("over", crossed)]


def facts_of_signature(signature: DigitalSignature, language: str) -> Facts:
    """Label keys with their values, in words; the same keys in every language."""
    holder = signature.certificate
    intact = {True: "yes", False: "no", None: "unknown"}[signature.intact]
    days = f"{holder.valid_from or '?'} – {holder.valid_to or '?'}" if holder else ""
    algorithms = (signature.digest_algorithm, signature.signature_algorithm, signature.key)
    stamp = (signature.timestamp_time, signature.timestamp_authority)
    return [
        ("signer", signature.signer or term("unknown-signer", language)),
        ("organization", (holder.organization or "") if holder else ""),
        ("verdict", term(f"verdict.{signature.verdict}", language)),
        ("problems", word_problems(signature.problems, language)),
        ("time", signature.dictionary_time or ""),
        ("attribute", signature.attribute_time or ""),
        ("timestamp", ", ".join(each for each in stamp if each)),
        ("intact", term(f"intact.{intact}", language)),
        ("coverage", term(f"coverage.{signature.coverage}", language)),
        ("changes", term(f"changes.{signature.modified_after}", language)),
        ("trust", term(f"trust.{signature.trust}", language)),
        ("revocation", term(f"revocation.{signature.revocation}", language)),
        ("issuer", " ← ".join(holder.chain) or (holder.issuer or "") if holder else ""),
        ("serial", (holder.serial or "") if holder else ""),
        ("valid", days),
        ("reason", signature.reason or ""),
        ("location", signature.location or ""),
        ("field", signature.field or ""),
        ("page", str(signature.page) if signature.page else ""),
        ("shown", signature.appearance_text),
        ("algorithm", ", ".join(each for each in algorithms if each)),
    ]
