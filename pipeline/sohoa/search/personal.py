"""Personal data of private persons in a running text: what must not be published.

Found: identity numbers (căn cước, chứng minh nhân dân, hộ chiếu), mobile phones, home addresses,
bank accounts. Not found, since they are no private data: names and offices of officials, the phone
of a letterhead (landlines), numbers that a paper gives the public to call (đường dây nóng, liên
hệ), accounts of bodies. Precision comes before reach: a figure alone is a finding only where its
form leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from sohoa.vietnamese import fold_look_alikes, strip_marks

ID_NUMBER = "personal-id-number"
PHONE = "personal-phone"
ADDRESS = "personal-address"
ACCOUNT = "personal-bank-account"
CODES = (ID_NUMBER, PHONE, ADDRESS, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``first`` to ``last`` (exclusive) are personal data; ``trigger`` says what told so."""

    code: str
    first: int
    last: int
    trigger: str


# Figures in groups, as people write them: 0912 345 678, 0912.345.678, 001 088 012 345.
_GROUPED = r"(?<![\w./-])\d(?:[ .]?\d){%s}(?![\w/]|[.,-]\d)"
_LONG_FIGURE = re.compile(r"\d(?:[ .-]?\d){5}")
_CODES_OF_PROVINCES = frozenset(
    int(code)
    for code in "1 2 4 6 8 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 "
    "45 46 48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 "
    "94 95 96".split()
)
_ID_WORDS = re.compile(
    r"\b(?:cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?"
    r"|so dinh danh(?: ca nhan)?|ma dinh danh(?: ca nhan)?|ho chieu)\b"
)
_ID_FIGURES = re.compile(_GROUPED % "11" + "|" + _GROUPED % "8")
_PASSPORT = re.compile(r"\b[a-z]\d{7}\b")
_MOBILE = re.compile(
    r"(?<![\w./-])(?:\+?84[ .]?|0)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)"
    r"(?:[ .-]?\d){7}(?![\w/]|[.,-]\d)"
)
# What a paper asks its readers to call, and what is printed in a letterhead, is meant to be known.
_PUBLIC_CALL = re.compile(
    r"\b(?:duong day nong|hotline|lien he|dau moi|tong dai|truc ban|tiep nhan|fax|website|email"
    r"|thu dien tu|cong thong tin)\b"
)
_ACCOUNT_WORDS = re.compile(r"\b(?:so tai khoan|tai khoan so|tai khoan|stk|so tk|tk so)\b")
_ACCOUNT_FIGURES = re.compile(r"(?<![\w./-])\d(?:[ .-]?\d){5,18}(?![\w/]|[.,]\d)")
# With their marks: without them sở (an office) is số (a number).
_BODY = re.compile(
    r"\b(?:kho bạc|kbnn|công ty|sở|ban|u[ỷy] ban|ủy ban|ubnd|ubmttq|quỹ|văn phòng|trung tâm|trường"
    r"|bệnh viện|hội|cục|chi cục|tổng cục|mặt trận|(?:đảng|tỉnh|huyện|thành|xã|phường) (?:uỷ|ủy)"
    r"|báo|đài|bộ|viện|phòng|liên đoàn|hợp tác xã|đoàn|cơ quan|đơn vị)\b"
)
_TREASURY = re.compile(r"\b(?:kho bac|kbnn)\b")
_HOLDER = re.compile(r"\b(?:chu tai khoan|ten tai khoan|don vi thu huong|nguoi thu huong|thu huong"
                     r"|ten don vi|chu tk)\b")  # fmt: skip
_HOME_WORDS = re.compile(
    r"\b(?:(?:noi )?(?:dang ky )?(?:ho khau )?thuong tru(?: tai)?|hktt|noi cu tru|cu tru tai"
    r"|tru tai|noi o(?: hien (?:nay|tai))?|cho o(?: hien (?:nay|tai))?|tam tru tai"
    r"|dia chi nha rieng|nha rieng)\b"
)
# An address names places: a house, a road or a village, and what they lie in.
_PLACE = re.compile(
    r"\b(?:so nha|ngo|ngach|hem|duong|pho|to dan pho|khu pho|thon|ap|buon|lang|xom|to"
    r"|xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp)\b"
)
_END_OF_ADDRESS = re.compile(
    r"[;\n]|\. |\b(?:so cccd|cccd|cmnd|can cuoc|so dien thoai|dien thoai|sdt|email|nghe nghiep"
    r"|ngay sinh|sinh ngay|sinh nam|dan toc|quoc tich|trinh do|chuc vu|ho khau|cho o|noi o"
    r"|cap ngay|la nguoi|da co|theo quy dinh)\b"
)


def find_personal(words: Sequence[str]) -> tuple[Span, ...]:
    """Personal data in the words, in order; what two rules find is named once."""
    text = _Flow(words)
    found: list[Span] = []
    for rule in text.rules():
        for span in rule(text):
            if all(span.last <= other.first or span.first >= other.last for other in found):
                found.append(span)
    return tuple(sorted(found, key=lambda span: span.first))


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, str]:
    """The word in lower case without its marks, and with them, both of one length."""
    full = fold_look_alikes(word).lower()
    bare = strip_marks(full)
    return bare, full if len(full) == len(bare) else bare


class _Flow:
    """The words as one folded text that remembers which word each character is of."""

    def __init__(self, words: Sequence[str]) -> None:
        both = [_folded(word) for word in words]
        folded = [bare for bare, _ in both]
        self.words = words
        self.text = " ".join(folded)
        # The same text with its marks, character by character.
        self.marked = " ".join(full for _, full in both)
        # Each word and the blank after it: where the next one starts.
        self._starts = list(accumulate((len(word) + 1 for word in folded), initial=0))

    def rules(self) -> Iterator[Callable[[_Flow], Iterator[Span]]]:
        """The rules that can find something here: most pages hold no long figure and no home."""
        if _LONG_FIGURE.search(self.text):
            yield from (_ids, _accounts, _phones)
        if any(word in self.text for word in ("tru", "noi o", "cho o", "nha rieng", "hktt")):
            yield _homes

    def span(self, code: str, start: int, end: int, trigger: str) -> Span:
        from bisect import bisect_right

        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1))
        return Span(code, first, last, trigger)

    def printed(self, start: int, end: int) -> str:
        span = self.span("", start, end, "")
        return " ".join(self.words[span.first : span.last]).strip(" :;,.()")

    def before(self, start: int, characters: int) -> str:
        return self.text[max(0, start - characters) : start]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _ids(flow: _Flow) -> Iterator[Span]:
    for match in _ID_FIGURES.finditer(flow.text):
        digits = _digits(match.group())
        told = _last(_ID_WORDS, flow.before(match.start(), 40), _figures_between)
        if told:
            yield flow.span(ID_NUMBER, match.start(), match.end(), told)
            continue
        bare = digits == match.group() and _is_citizen_number(digits)
        if bare and not _ACCOUNT_WORDS.search(flow.before(match.start(), 40)):
            yield flow.span(ID_NUMBER, match.start(), match.end(), "12 chữ số, mẫu căn cước")
    for match in _PASSPORT.finditer(flow.text):
        told = _last(re.compile(r"\bho chieu\b"), flow.before(match.start(), 40), _figures_between)
        if told:
            yield flow.span(ID_NUMBER, match.start(), match.end(), told)


def _is_citizen_number(digits: str) -> bool:
    """Province of birth, century and sex, year of birth (Circular 59/2021/TT-BCA, article 4)."""
    return len(digits) == 12 and int(digits[:3]) in _CODES_OF_PROVINCES and digits[3] in "0123"


def _figures_between(text: str) -> bool:
    """Whether another number stands between the word and the figures: then they are not told."""
    return bool(re.search(r"\d{4,}", text))


def _last(pattern: re.Pattern[str], text: str, parted: Callable[[str], bool]) -> str:
    """The last match in the text, where nothing parts it from the end; else ""."""
    found = list(pattern.finditer(text))
    if not found or parted(text[found[-1].end() :]):
        return ""
    return found[-1].group()


def _phones(flow: _Flow) -> Iterator[Span]:
    for match in _MOBILE.finditer(flow.text):
        if _PUBLIC_CALL.search(flow.before(match.start(), 160)):
            continue
        if _ACCOUNT_WORDS.search(flow.before(match.start(), 30)):
            continue
        yield flow.span(PHONE, match.start(), match.end(), "số di động")


def _accounts(flow: _Flow) -> Iterator[Span]:
    for match in _ACCOUNT_WORDS.finditer(flow.text):
        figures = _ACCOUNT_FIGURES.search(flow.text, match.end(), match.end() + 60)
        if figures is None or len(flow.text[match.end() : figures.start()].split()) > 4:
            continue
        start, end = max(0, match.start() - 120), figures.end() + 120
        holder = _HOLDER.search(flow.text, start, end)
        near = (holder.end(), holder.end() + 40) if holder else (figures.end(), figures.end() + 60)
        if _BODY.search(flow.marked, *near) or _TREASURY.search(flow.text, start, end):
            continue
        yield flow.span(
            ACCOUNT, figures.start(), figures.end(), flow.printed(match.start(), match.end())
        )


def _homes(flow: _Flow) -> Iterator[Span]:
    for match in _HOME_WORDS.finditer(flow.text):
        rest = flow.text[match.end() : match.end() + 200]
        lead = re.match(r"[\s:,(-]*", rest)
        start = lead.end() if lead else 0
        end = _END_OF_ADDRESS.search(rest, start)
        address = rest[start : end.start() if end else len(rest)].rstrip(" ,.)")
        if len(address) < 8 or not _names_places(flow, match.end() + start, address):
            continue
        trigger = flow.printed(match.start(), match.end())
        begin = match.end() + start
        yield flow.span(ADDRESS, begin, begin + len(address), trigger)


def _names_places(flow: _Flow, begin: int, address: str) -> bool:
    """Whether this names two places by their names: a rule of law speaks of places in general."""
    named = 0
    for match in _PLACE.finditer(address):
        after = flow.span("", begin + match.start(), begin + match.end(), "").last
        following = flow.words[after] if after < len(flow.words) else ""
        if following[:1].isupper() or following[:1].isdigit():
            named += 1
    starts = [match.start() for match in _PLACE.finditer(address)]
    close = bool(starts) and starts[0] < 40 and all(b - a < 70 for a, b in pairwise(starts))
    return named >= 2 and close
