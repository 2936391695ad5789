"""What the demonstration says on the screen: counts, some telling cases, money, files."""

from __future__ import annotations

from collections.abc import Iterator

import click

from lawengine import amounts
from lawengine.explain import Finding, Verdict
from lawengine.terms import Truth
from thidua.demo.running import KNOWN, LIST, Done, Ran
from thidua.demo.season import Entry
from thidua.screening.sheets.output import GROUP_SHEETS, count_groups
from thidua.screening.sheets.results import RECALLED, VERDICTS

_COLUMNS = ("Đủ", "Thiếu một", "Chờ xác nhận", "Chưa đủ dữ liệu", "Không đủ", "Từ chối")
_PAID = (
    ("advanced-worker", "person"),
    ("grassroots-emulation-fighter", "person"),
    ("ministry-certificate-of-merit", "person"),
    ("prime-minister-certificate-of-merit", "person"),
    ("labour-order-third-class", "person"),
    ("advanced-collective", "collective"),
)


def show(done: Done) -> None:
    """Print the summary."""
    for part in (_reading, _counts, _two_laws, _money, _files):
        for line in part(done):
            click.echo(line)


def _title(text: str) -> str:
    return "\n" + click.style(text, bold=True)


def _reading(done: Done) -> Iterator[str]:
    screened = done.seasons[0].screened
    yield _title("Mùa thi đua trình diễn (tên người được đặt ra)")
    yield f"  Danh sách {LIST}: {screened.staged.ledger}"
    yield f"  Sổ dữ kiện {KNOWN}: {screened.history_ledger}"
    yield f"  Đã sửa chữ ở {len(screened.repairs)} chỗ; {len(screened.doubts)} nghi vấn cần xem."
    for one in screened.problems:
        yield f"  Loại ô {one.cell}: {one.reason} {one.fix}"


def _counts(done: Done) -> Iterator[str]:
    total = len(done.seasons[0].screened.judged)
    people = done.seasons[0].screened.staged.ledger.accepted
    yield _title(f"{total} đề nghị của {people} người và tập thể, xét năm lần")
    widths = [max(len(name), 4) for name in _COLUMNS]
    head = "  ".join(name.rjust(width) for name, width in zip(_COLUMNS, widths, strict=True))
    yield f"  {'':24}  {'Nhận hồ sơ':10}  {'Quyết định':10}  {head}"
    for ran in done.seasons:
        counts = count_groups(one.row for one in ran.screened.judged)
        said = "  ".join(
            (str(counts[group]) if counts[group] else "·").rjust(width)
            for group, width in zip(GROUP_SHEETS, widths, strict=True)
        )
        frame = ran.season.frame
        yield (
            f"  {ran.season.title:24}  {frame.received_on:%d/%m/%Y}  {frame.decided_on:%d/%m/%Y}"
            f"  {said}"
        )
    for ran in done.seasons:
        for note in _notes(ran):
            yield f"  {ran.season.title}: " + click.style(note, fg="magenta")


def _notes(ran: Ran) -> list[str]:
    """What must be said beside a season: why refused, that it is provisional, what is open."""
    wording, said = ran.judge.wording, dict[str, None]()
    if ran.season.provisional:
        return [wording.say["note.provisional"](name=ran.season.provisional)]
    verdicts = [one.verdict for one in ran.screened.judged if one.verdict]
    everybody = all(one.refusal for one in verdicts)
    for verdict in verdicts:
        if verdict.refusal:
            label = ran.judge.book.vocabulary.award_label(verdict.award)
            whose = "" if everybody else f"{label}: "
            said[whose + wording.refusal(verdict.refusal)] = None
        for one in verdict.choice.favourable:
            instrument = ran.judge.book.instruments[one.instrument].short_vi
            pivot = wording.day(one.pivot)
            said[wording.say["note.favourable"](pivot=pivot, instrument=instrument)] = None
    return list(said)


def _two_laws(done: Done) -> Iterator[str]:
    yield _title("Cùng một hồ sơ, hai luật")
    for entry in done.demonstration.entries:
        if entry.tells:
            yield from _told(done, entry)


def _told(done: Done, entry: Entry) -> Iterator[str]:
    first, second = done.seasons[:2]
    award = list(entry.expect[first.season.expects])[-1]
    found = [(ran, ran.find(entry.who, award)) for ran in (first, second)]
    verdicts = [(ran, one.verdict) for ran, one in found if one is not None and one.verdict]
    said = ", ".join(
        f"{ran.season.frame.year} {click.style(VERDICTS[one.word], fg=_COLOURS[one.word])}"
        for ran, one in verdicts
    )
    yield f"  {entry.name}, {done.book.vocabulary.award_label(award)}: {said}"
    for _, verdict in reversed(verdicts):
        telling = _telling(verdict, entry.tells)
        if telling is not None:
            cites = "; ".join(
                done.wording.citation(cite, done.book.instruments) for cite in telling.cites
            )
            yield f"      {telling.text} ({cites})"
            return


_COLOURS = {"yes": "green", "no": "red", "unknown": "yellow", "refused": "magenta"}


def _telling(verdict: Verdict, leaf: str) -> Finding | None:
    """The finding of that id that stands in the way."""
    if verdict.finding is None or verdict.truth is Truth.YES:
        return None
    return next((one for one in _all(verdict.finding) if one.id == leaf), None)


def _all(finding: Finding) -> Iterator[Finding]:
    if finding.truth is not Truth.YES:
        if finding.text:
            yield finding
        for child in finding.children:
            yield from _all(child)


def _money(done: Done) -> Iterator[str]:
    days = [ran.season.frame.decided_on for ran in done.seasons[:2]]
    yield _title("Tiền thưởng kèm theo, theo ngày quyết định (đồng)")
    yield f"  {'':38}" + "".join(f"{day:%d/%m/%Y}".rjust(14) for day in days)
    for award, subject in _PAID:
        answers = [amounts.bonus(done.book, award, subject, day) for day in days]
        sums = "".join(
            (f"{one.each:,}".replace(",", ".") if one.each else "–").rjust(14) for one in answers
        )
        mark = f"  {RECALLED}" if any(one.confidence == "recalled" for one in answers) else ""
        yield f"  {done.book.vocabulary.award_label(award):38}{sums}{mark}"


def _files(done: Done) -> Iterator[str]:
    yield _title(f"Đã ghi vào {done.folder}")
    yield f"  {LIST}, {KNOWN}"
    for ran in done.seasons:
        yield f"  {ran.output.name:34} {ran.season.title}"
