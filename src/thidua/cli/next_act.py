"""After a refusal: what the person at the keyboard can do next."""

from __future__ import annotations

from datetime import timedelta

from lawengine.book import Book, Transition
from lawengine.explain import Verdict
from thidua.cli.session import day


def next_act(book: Book, verdict: Verdict) -> str:
    """What to check or to add on the command line; "" when the verdict is no refusal."""
    refusal = verdict.refusal
    if verdict.truth is not None or refusal is None:
        return ""
    choice = verdict.choice
    standard = book.standards.get((choice.award, choice.subject))
    if standard is None:
        return (
            "kiểm tra loại đối tượng trong dữ kiện; bỏ --award để xem các danh hiệu hợp đối tượng."
        )
    if all(version.when is None for version in standard.versions):
        return "sách luật chưa đọc tiêu chuẩn này của ngày nào; đối chiếu văn bản bằng tay."
    older = _older_text(book, verdict)
    dates = (
        f"kiểm tra ngày nhận hồ sơ (--received): nhận trước {day(older.pivot)} "
        "thì xét theo văn bản cũ"
        if older
        else "kiểm tra năm thành tích (--year) và ngày nhận hồ sơ (--received)"
    )
    last = book.choose_on(choice.award, [choice.subject], choice.text_on, provisional=True).version
    if last is None:
        return f"{dates}; ngày đã đúng thì phải đối chiếu văn bản của ngày đó bằng tay."
    return (
        f"{dates}; hoặc đọc tạm theo văn bản cuối cùng đã biết "
        f'({book.instruments[last.instrument].short_vi}): thêm --provisional "TÊN NGƯỜI YÊU CẦU".'
    )


def _older_text(book: Book, verdict: Verdict) -> Transition | None:
    """The pivot before which the dossier would have been judged by a text that is known."""
    choice, frame = verdict.choice, verdict.frame
    for one in book.transitions:
        if frame.received_on >= one.pivot:
            until = min(frame.period_end, one.pivot - timedelta(days=1))
            if book.choose_on(choice.award, [choice.subject], until).version is not None:
                return one
    return None
