"""Why a field is empty or unsure, why the machine changed a word, why a correction has no place.

Records and the store keep these reasons in English, as the stages wrote them. Here is what they are
in Vietnamese; one that nobody translated is shown as it was written.
"""

from __future__ import annotations

import re

_FIELDS = {
    "no text": "không có chữ",
    "no label": "không có nhãn phụ lục",
    "no title over the annex": "không thấy tên phụ lục",
    "a joint paper: all bodies issue it": "văn bản liên tịch: các cơ quan cùng ban hành",
    "no body above the number": "không thấy cơ quan ở trên số",
    "the letterhead names one body": "đầu văn bản chỉ nêu một cơ quan",
    "no letterhead": "không thấy phần đầu văn bản",
    "no time in the line": "dòng này không ghi giờ",
    "not in the copy block": "không có trong phần sao",
    "the paper does not say": "văn bản không nói",
    "counted from a day that the paper does not name": "tính từ một ngày mà văn bản không nêu",
    "from the day of signing, which is unread or unsure": (
        "từ ngày ký, mà ngày ký chưa đọc được hoặc chưa chắc"
    ),
    "the number row has no symbol": "dòng số không có ký hiệu",
    "the number's place is blank in the text: written by hand or set apart": (
        "chỗ ghi số để trống: viết tay hoặc in rời"
    ),
    "no number row in the letterhead": "phần đầu không có dòng số",
    "no place before the date": "không có địa danh trước ngày tháng",
    "the year could not be read": "không đọc được năm",
    "the month is blank or could not be read": "tháng để trống hoặc không đọc được",
    "the day is blank or could not be read": "ngày để trống hoặc không đọc được",
    "no date in the row": "dòng này không có ngày tháng",
    "no date row in the letterhead": "phần đầu không có dòng ngày tháng",
    "no position over the signature": "không thấy chức vụ trên chữ ký",
    "who signs for the head (KT.) is a deputy: a word before it may be under the seal": (
        "người ký thay (KT.) là cấp phó: có thể có chữ nằm dưới con dấu"
    ),
    "no printed name under the signature": "không thấy họ tên in dưới chữ ký",
    "the first words of the name could not be read": "không đọc được phần đầu của họ tên",
    "no recipients and no signature found": "không thấy nơi nhận và chữ ký",
    "no summary under the type": "không thấy trích yếu dưới tên loại",
    "no type row and no symbol": "không có dòng tên loại và ký hiệu",
    "no summary under the number": "không thấy trích yếu dưới số",
    "no letterhead and no type row": "không thấy phần đầu và dòng tên loại",
    "not on the paper, says the reviewer": "người kiểm tra: không có trên giấy",
}
_EDITS = {
    "marks, by the language model": "dấu thanh, dấu chữ: theo mô hình ngôn ngữ",
    "letters, by the language model": "con chữ: theo mô hình ngôn ngữ",
    "a digit that stood for a letter": "chữ số đứng chỗ con chữ",
    "figures by pen, read one by one": "số viết tay, đọc từng chữ số",
    "look-alike letters": "con chữ giống nhau",
    "a dash that opens an item": "gạch đầu dòng",
    "a quotation mark read twice": "dấu ngoặc kép đọc hai lần",
    "words run together": "các chữ dính nhau",
    "words without a blank": "các chữ thiếu khoảng cách",
    "two words without a blank": "hai chữ thiếu khoảng cách",
    "a year cut in two": "năm bị tách đôi",
    "a letter inside a date": "con chữ lẫn trong ngày tháng",
    "the only known syllable like it": "âm tiết có thật duy nhất gần giống",
    "a speck read as a full stop": "vết bẩn đọc thành dấu chấm",
    "a number cut from its symbol": "số bị tách khỏi ký hiệu",
    "a slash read as a letter": "dấu gạch chéo đọc thành con chữ",
    "an abbreviation of the tables": "chữ viết tắt có trong bảng",
}
_REVIEW = {
    "the page is not there": "không còn trang này",
    "no such word at this place": "ở chỗ này không có chữ như vậy",
    "there is no such field": "không có trường này",
    "the list holds no such entry": "danh sách không có mục này",
    "too long for a field": "dài quá một trường",
    "a day is written day/month/year, as 5/3/2025": "ngày viết ngày/tháng/năm, như 5/3/2025",
    "there is no such annex": "không có phụ lục này",
    "there is no such part of the document": "văn bản không có phần này",
    "no such unit in the outline": "bố cục không có mục này",
    "the family is one of party, state, unknown": "hệ văn bản: party, state hoặc unknown",
}
VIETNAMESE = {**_FIELDS, **_EDITS, **_REVIEW}
_PHRASES = {
    "motto": "quốc hiệu, tiêu ngữ",
    "position": "chức vụ",
    "type": "tên loại",
    "authority": "quyền hạn ký",
    "issuer": "cơ quan ban hành",
    "label": "nhãn của một phần",
}
# Reasons that quote the paper: what is quoted stays as it is.
_PATTERNS = (
    (re.compile(r"the number reads (?P<said>.*): no digits"), "số đọc ra {said}: không có chữ số"),
    (re.compile(r"(?P<said>.*): no such day"), "{said}: không có ngày này"),
    (
        re.compile(r"signed digitally on (?P<said>.*), so that day or shortly before"),
        "ký số ngày {said}, vậy là ngày đó hoặc trước đó ít lâu",
    ),
    (re.compile(r"by (?P<said>.*)"), "do {said}"),
)


def told_reason(reason: str, language: str) -> str:
    """The reason in the reader's language; as it was written where that is not known."""
    if language != "vi" or not reason:
        return reason
    if "; " in reason and reason not in VIETNAMESE:
        return "; ".join(told_reason(part, language) for part in reason.split("; "))
    if reason in VIETNAMESE:
        return VIETNAMESE[reason]
    kind = reason.removeprefix("phrase: ")
    if kind != reason:
        return f"cụm từ cố định: {_PHRASES.get(kind, kind)}"
    for pattern, told in _PATTERNS:
        if match := pattern.fullmatch(reason):
            return told.format(said=match["said"])
    return reason
