"""What the columns of a list mean, by their headers. The spellings are data, kept here."""

from __future__ import annotations

import re
from types import MappingProxyType

from thidua.support.text import clean, fold

# Meaning → what a clerk calls it.
LABELS = MappingProxyType(
    {
        "number": "STT",
        "name": "Họ và tên / Tên tập thể",
        "family_name": "Họ và tên đệm",
        "given_name": "Tên",
        "honorific": "Tên gọi (Ông/Bà)",
        "unit": "Đơn vị công tác",
        "subunit": "Phòng, ban, tổ",
        "position": "Chức vụ",
        "position_unit": "Chức vụ, đơn vị công tác",
        "birth": "Ngày sinh / Năm sinh",
        "birth_male": "Năm sinh (Nam)",
        "birth_female": "Năm sinh (Nữ)",
        "sex": "Giới tính",
        "sex_male": "Nam",
        "sex_female": "Nữ",
        "award": "Danh hiệu thi đua / Hình thức khen thưởng đề nghị",
        "award_code": "Mã danh hiệu / Mã hình thức khen thưởng",
        "award_tick": "Cột đánh dấu danh hiệu",
        "kind": "Phân loại khen thưởng (cá nhân, tập thể, hộ gia đình)",
        "stream": "Loại hình khen thưởng",
        "year": "Năm",
        "decision": "Số quyết định",
        "decided_on": "Ngày quyết định",
        "issuer": "Cấp, cơ quan quyết định",
        "rating": "Xếp loại",
        "initiative": "Sáng kiến",
        "discipline": "Kỷ luật",
        "code": "Mã số cán bộ, đơn vị",
        "founded_on": "Ngày thành lập",
        "note": "Ghi chú",
        "held": "Danh hiệu đã có",
        "other": "",
    }
)

_NAME_WORDS = "ten tap the|ten ca nhan|tap the|ca nhan|ho gia dinh|don vi"
# Tried in order, on the header folded to plain small letters with single spaces; first one wins.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        ("number", r"^(s ?t ?t|t ?t|so tt|so thu tu|thu tu|no)$"),
        (
            "other",
            (
                r"^(tom tat |bao cao )?thanh tich|^dia chi|^linh vuc|cccd|cmnd|can cuoc|dinh danh"
                r"|dien thoai|^email|tai khoan"
            ),
        ),
        (
            "held",
            (
                r"(danh hieu|khen thuong|hinh thuc).*\b(da dat|da duoc|da co|da tang|truoc day|lien ke)\b"
                r"|^(da dat|da duoc|qua trinh khen)"
            ),
        ),
        ("award_code", r"^ma( so)? (danh hieu|hinh thuc)"),
        (
            "code",
            (
                r"^(ma|ma so|so hieu|ma can bo|ma so can bo|ma nhan vien|ma so nhan vien|ma cbccvc"
                r"|ma cbcc|ma cbvc|ma cong chuc|ma vien chuc|ma don vi|ma so don vi|ma doi tuong)$"
            ),
        ),
        ("other", r"^ma\b"),
        (
            "name",
            (
                r"^(ho va ten|ho ten|ho va ten ca nhan|ho ten ca nhan|ten ca nhan|ho va chu dem va ten"
                r"|ho va ten nguoi duoc de nghi|ho va ten can bo.*|ho va ten giao vien.*)$"
                rf"|^ten (goi )?({_NAME_WORDS})( hoac| va)?( ({_NAME_WORDS}))+( de nghi.*)?$"
                rf"|^(ho va ten|ho ten)( hoac)? (ten )?({_NAME_WORDS})( ({_NAME_WORDS}))*$"
                r"|^(ten tap the|ten ho gia dinh|tap the|ten tap the de nghi.*|ten tap the duoc.*"
                r"|ten ca nhan tap the|ca nhan tap the|tap the ca nhan|ten doi tuong|doi tuong de nghi)$"
                r"|^(tap the ca nhan|ca nhan tap the|tap the|ca nhan) (duoc )?de nghi.*$"
            ),
        ),
        ("family_name", r"^(ho va ten dem|ho dem|ho va dem|ho ten dem|ho va chu dem|ho)$"),
        ("given_name", r"^ten$"),
        ("honorific", r"^ten goi|^(ong ba|danh xung|quy danh)$"),
        (
            "position_unit",
            (
                r"^(chuc vu|chuc danh|chuc vu chuc danh)( va| hoac)?"
                r" (don vi|noi|co quan|don vi cong tac|noi cong tac|co quan don vi.*)$"
                r"|^chuc vu (va )?(don vi|noi|co quan).*cong tac$"
            ),
        ),
        (
            "subunit",
            r"phong ban|^(bo phan|to cong tac|phong|khoa phong|to chuyen mon|to bo mon|khoa)$",
        ),
        (
            "issuer",
            (
                r"(co quan|cap|noi|nguoi) (ra |ban hanh |ky )?(quyet dinh|qd|khen|ban hanh)|^cap khen"
                r"|^co quan ban hanh"
            ),
        ),
        (
            "unit",
            (
                r"^(ten )?(don vi|noi|co quan|truong|co quan don vi|don vi tap the|don vi co quan)"
                r"( dang| hien)?( cong tac| lam viec)?$|^don vi\b.*cong tac|^(thuoc |truc thuoc )don vi"
            ),
        ),
        (
            "position",
            (
                r"^(chuc vu|chuc danh|chuc vu chuc danh|chuc danh chuc vu|nghe nghiep|cong viec.*"
                r"|chuc vu hien nay|chuc vu cong tac)$"
            ),
        ),
        (
            "birth",
            (
                r"^((ngay|nam|ngay thang|ngay thang nam|sinh ngay|sinh nam) ?(thang )?(nam )?sinh"
                r"|sinh nam|sinh ngay|ngay thang nam sinh|ngay sinh nam sinh|namsinh|ngaysinh)$"
            ),
        ),
        ("founded_on", r"^(ngay|nam|ngay thang nam|thoi gian) thanh lap$"),
        ("sex", r"^(gioi tinh|nam nu|phai|gioi)$"),
        ("sex_female", r"^nu$"),
        ("discipline", r"ky luat"),
        ("decided_on", r"^ngay( thang)?( nam)? (ra |ky )?(quyet dinh|qd|ky|ban hanh)"),
        (
            "decision",
            (
                r"^(so|so hieu|quyet dinh so|so va ky hieu)( va| ky hieu)* ?(quyet dinh|qd)?$"
                r"|^so (ngay )?(quyet dinh|qd)|^quyet dinh( so)?$"
            ),
        ),
        ("rating", r"xep loai|muc do hoan thanh|ket qua danh gia|danh gia.*(vien chuc|can bo)"),
        ("initiative", r"sang kien|de tai|nckh"),
        (
            "kind",
            r"^phan loai khen thuong$|^loai doi tuong$|^doi tuong$|^phan loai$|^ca nhan tap the$",
        ),
        ("stream", r"^loai( hinh)? khen( thuong)?$|^loai hinh$|^hinh thuc khen thuong theo"),
        (
            "award",
            (
                r"^(de nghi )?(danh hieu|hinh thuc|muc)( thi dua)?( khen| khen thuong)?( va| hoac)?"
                r"( danh hieu| hinh thuc)?( thi dua| khen thuong| khen)*( de nghi| dang ky| de xuat"
                r"| duoc de nghi| xet tang| xet)*( \d{4})?( nam \d{4}| nam hoc.*)?$"
                r"|^(de nghi|de xuat)( tang| xet tang| cong nhan)?( danh hieu| hinh thuc| khen thuong"
                r"| khen)|^(khen thuong )?(de nghi|de xuat)( khen thuong| khen| tang)?$"
                r"|^danh hieu .*(de nghi|dang ky|de xuat)"
                r"|^danh hieu td( htkt| ht kt| hinh thuc kt)*$|^(hinh thuc kt|htkt)( danh hieu td)?$"
                r"|^khen thuong$"
            ),
        ),
        (
            "year",
            r"^(nam|nam (xet|khen|dat|hoc|khen thuong|xet tang|dat danh hieu|de nghi|cong tac))$",
        ),
        ("note", r"^ghi chu|^luu y"),
    )
)
_NOTE = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"\b(19|20)\d{2}\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def header_key(text: str) -> str:
    """A header folded for comparison: small letters without diacritics, notes in () left out."""
    bare = _NOTE.sub(" ", clean(text))
    return _NOT_WORD.sub(" ", fold(bare if bare.strip() else text)).strip()


def meaning_of(text: str) -> str:
    """The meaning of one header text, or "" when it says nothing known."""
    key = header_key(text)
    if not key:
        return ""
    return next((meaning for meaning, pattern in _PATTERNS if pattern.search(key)), "")


def year_in(text: str) -> int | None:
    """The one year that a header names («Xếp loại năm 2023»), else None."""
    years = {int(match[0]) for match in _YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None
