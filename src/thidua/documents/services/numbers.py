"""Open a number book, take a number, cancel one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from thidua.audit import services as audit
from thidua.documents.errors import BookRefused
from thidua.documents.models import BookNumber, NumberBook, NumberCounter
from thidua.documents.numbering import date_problem, pattern_problem, write_symbol
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def open_number_book(
    *, code: str, year: int, title: str, pattern: str, first: int = 1, actor: Actor, at: datetime
) -> NumberBook:
    """A new book of a kind of paper for a year; `first`: where numbers on paper ended before.

    Raises BookRefused.
    """
    pattern = clean(pattern)
    if problem := pattern_problem(pattern):
        raise BookRefused(problem)
    book = NumberBook(code=code, year=year, title=clean(title), pattern=pattern, first=first)
    try:
        with transaction.atomic():
            audit.create(book, actor=actor, at=at, action="number_book.open")
    except IntegrityError:
        raise BookRefused(
            f"Đã có sổ «{code}» của năm {year}. Mở sổ đó, hoặc đặt mã khác cho sổ mới."
        ) from None
    NumberCounter.objects.create(book=book, last=first - 1)
    return book


@transaction.atomic
def change_number_book(
    *, book: NumberBook, actor: Actor, at: datetime, title: str, pattern: str, is_open: bool
) -> bool:
    """Another title or pattern for the numbers to come, or the book's end. Raises BookRefused."""
    pattern = clean(pattern)
    if problem := pattern_problem(pattern):
        raise BookRefused(problem)
    return audit.change(
        book,
        actor=actor,
        at=at,
        action="number_book.change",
        title=clean(title),
        pattern=pattern,
        is_open=is_open,
    )


def take_number(
    *, book: NumberBook, on: date, subject: str, key: str, actor: Actor, at: datetime
) -> BookNumber:
    """The next number of a book, for a paper dated `on`; asked again with the same key, the same one.

    It belongs in the transaction that writes the paper: when that is rolled back the number was
    never taken, so there is no gap. Whoever comes next waits for the end of that transaction.
    Raises BookRefused: closed, another year, a day before the last number's.
    """
    if given := BookNumber.objects.filter(key=key).first():
        return given
    now_book = NumberBook.objects.get(pk=book.pk)
    if not now_book.is_open:
        raise BookRefused(f"Sổ «{now_book.title}» đã khóa. Mở lại sổ trước khi lấy số.")
    if problem := date_problem(on, now_book.year, None):
        raise BookRefused(problem)
    try:
        with transaction.atomic():
            number = _count_on(now_book, on)
            taken = BookNumber(
                book=now_book,
                number=number,
                symbol=write_symbol(now_book.pattern, number, now_book.year),
                on=on,
                subject=clean(subject),
                key=key,
                taken_at=at,
                taken_by_id=actor.user_id,
                taken_by_name=actor.name,
            )
            return audit.create(taken, actor=actor, at=at, action="book_number.take")
    except IntegrityError:
        # The same act, asked twice at once: the other one has taken the number.
        if given := BookNumber.objects.filter(key=key).first():
            return given
        raise


# Others wait at the counter's row from here to the end of the transaction: one statement is less
# than to lock, read and write.
_COUNT_ON = (
    "UPDATE documents_numbercounter SET last = last + 1, last_on = %s "
    "WHERE book_id = %s AND (last_on IS NULL OR last_on <= %s) RETURNING last"
)


def _count_on(book: NumberBook, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ON, [on, book.pk, on])
        row = cursor.fetchone()
    if row is None:
        last_on = NumberCounter.objects.get(pk=book.pk).last_on
        raise BookRefused(date_problem(on, book.year, last_on))
    return int(row[0])


@transaction.atomic
def cancel_number(*, number: BookNumber, reason: str, actor: Actor, at: datetime) -> None:
    """Cancel a number («hủy») with a reason: it stays in the book and is never given again."""
    if not clean(reason):
        raise BookRefused("Cần lý do hủy số. Viết ngắn, nêu văn bản nào thay thế nếu có.")
    stored = BookNumber.objects.select_for_update(of=("self",)).get(pk=number.pk)
    if stored.is_cancelled:
        raise BookRefused(f"Số {stored.symbol} đã hủy từ trước. Không cần làm gì thêm.")
    audit.change(
        number,
        actor=actor,
        at=at,
        action="book_number.cancel",
        reason=clean(reason),
        cancelled_at=at,
        cancelled_by_id=actor.user_id,
        cancelled_by_name=actor.name,
        cancel_reason=clean(reason),
    )
