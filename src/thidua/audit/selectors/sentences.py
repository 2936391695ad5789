"""What a check found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.audit.lifecycle.report import Problem, Report

_SENTENCES = {
    "seal": gettext_noop("Nội dung sự kiện thứ {detail} của «{stream}» khác với khi ghi."),
    "chain": gettext_noop("Sự kiện thứ {detail} của «{stream}» không nối với sự kiện trước nó."),
    "place": gettext_noop("Sự kiện thứ {detail} của «{stream}» khác với điều đã xếp vào thứ tự."),
    "gap": gettext_noop("Thiếu {detail} sự kiện trong thứ tự chung."),
    "gone": gettext_noop("Sự kiện đã xếp vào thứ tự nay không còn."),
    "unplaced": gettext_noop("Sự kiện thứ {detail} của «{stream}» bị chèn lùi vào quá khứ."),
    "root": gettext_noop("Từ số này, nhật ký khác với điểm kiểm «{detail}»."),
    "short": gettext_noop(
        "Nhật ký ngắn hơn điểm kiểm «{detail}»: phần cuối đã bị cắt hoặc lùi lại."
    ),
    "signature": gettext_noop("Điểm kiểm «{detail}» không có chữ ký đúng."),
    "key": gettext_noop("Kỳ {detail} được ký bằng một khóa không ai tin."),
    "epoch": gettext_noop("Thiếu kỳ {detail}."),
    "sequencer": gettext_noop("Chỗ đánh số không khớp với cây."),
    "field": gettext_noop("«{stream}»: cột «{detail}» khác với giá trị cuối cùng trong nhật ký."),
    "row_missing": gettext_noop("«{stream}» đã mất mà không có sự kiện xóa."),
    "row_unrecorded": gettext_noop("«{stream}» có trong bảng mà không có sự kiện tạo."),
    "hidden_lost": gettext_noop(
        "«{stream}»: giá trị cá nhân của «{detail}» mất, không có yêu cầu xóa."
    ),
    "hidden_changed": gettext_noop("«{stream}»: giá trị cá nhân của «{detail}» đã bị đổi."),
}


def say_problem(problem: Problem) -> str:
    """One sentence."""
    words = _(_SENTENCES[problem.kind]).format(stream=problem.stream, detail=problem.detail)
    return (
        _("Số %(seq)s: %(words)s") % {"seq": problem.seq, "words": words} if problem.seq else words
    )


def say_report(report: Report, most: int = 20) -> Iterator[str]:
    """The whole result, line by line: the answer first."""
    total = sum(report.counts.values())
    if report.is_good:
        yield _("Nhật ký nguyên vẹn.")
    else:
        yield _("Nhật ký KHÔNG nguyên vẹn: %s chỗ sai.") % number(total)
        for one in report.problems[:most]:
            yield f"  {say_problem(one)}"
        if total > most:
            yield _("  … và %s chỗ nữa.") % number(total - most)
    yield _("%(events)s sự kiện của %(streams)s đối tượng, %(rows)s dòng dữ liệu đã đối chiếu.") % {
        "events": number(report.events),
        "streams": number(report.streams),
        "rows": number(report.rows),
    }
    if report.accepted:
        yield _("%s chỗ sai đã nêu khi khép kỳ trước.") % number(report.accepted)
    if report.erased:
        yield _("%s giá trị cá nhân đã xóa theo yêu cầu, không đối chiếu.") % number(report.erased)
    yield from say_warnings(report)


def say_warnings(report: Report) -> Iterator[str]:
    """What is no fault, and has to be known."""
    if not report.has_key:
        yield _("Cảnh báo: không có khóa công khai để so, chỉ dùng khóa ghi trong CSDL.")
    if not report.outside:
        yield _("Cảnh báo: không có bản ngoài; cắt phần cuối hay ký lại tất cả sẽ không lộ ra.")
    elif exposed := report.events - report.covered:
        yield _(
            "Bản ngoài che đến số %(covered)s; %(exposed)s sự kiện sau đó chưa có bản ngoài."
        ) % {
            "covered": number(report.covered),
            "exposed": number(exposed),
        }
    if report.backwards:
        yield _(
            "Cảnh báo: đồng hồ đã lùi %(times)s lần, lần đầu ở số %(seq)s; thứ tự tính theo số."
        ) % {
            "times": number(report.backwards),
            "seq": report.first_backwards,
        }


def number(value: int) -> str:
    """With dots between thousands."""
    return f"{value:,}".replace(",", ".")
