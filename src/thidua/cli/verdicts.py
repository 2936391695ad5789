"""Verdicts as text for people and as stable JSON for programs."""

from __future__ import annotations

from typing import Any

import click

from lawengine.book import Book
from lawengine.explain import Finding, Verdict
from lawengine.facts import Facts
from lawengine.records import Record
from lawengine.terms import Truth
from lawengine.wording import Wording
from thidua.cli.next_act import next_act
from thidua.cli.session import day, span

SCHEMA = "thidua/verdicts/1"
_WORDS = {
    "yes": ("ĐẠT", "green"),
    "no": ("KHÔNG ĐẠT", "red"),
    "unknown": ("CHƯA KẾT LUẬN", "yellow"),
    "refused": ("TỪ CHỐI TRẢ LỜI", "magenta"),
}
_MARKS = {Truth.YES: ("✓", "green"), Truth.NO: ("✗", "red"), Truth.UNKNOWN: ("?", "yellow")}
UNCHECKED = "chưa đối chiếu văn bản gốc"


class Speaker:
    """Prints and exports verdicts with one book.

    provisional_by: who asked for the provisional reading ("" when nobody did).
    """

    def __init__(self, book: Book, wording: Wording, provisional_by: str = "") -> None:
        self.book, self.wording, self.provisional_by = book, wording, provisional_by

    def notes(self, verdict: Verdict) -> list[dict[str, str]]:
        """What must be said beside a verdict: provisional reading, favourable rule not known."""
        said = []
        if verdict.choice.provisional:
            text = self.wording.say["note.provisional"](name=self.provisional_by)
            said.append({"code": "provisional", "text": text})
        for one in verdict.choice.favourable:
            instrument = self.book.instruments[one.instrument]
            text = self.wording.say["note.favourable"](
                pivot=day(one.pivot), instrument=instrument.short_vi
            )
            said.append(
                {
                    "code": "favourable_rule",
                    "verdict": "unknown",
                    "text": text,
                    "missing_text": one.instrument,
                }
            )
        return said

    def cites(self, finding: Finding) -> str:
        """The citations of a finding in words."""
        return "; ".join(self.wording.citation(one, self.book.instruments) for one in finding.cites)

    # ------------------------------------------------------------------ JSON

    def as_json(self, verdict: Verdict, facts: Facts) -> dict[str, Any]:
        """One verdict; the keys are documented in docs/cli.md and never change their meaning."""
        version = verdict.choice.version
        data: dict[str, Any] = {
            "subject": verdict.subject,
            "name": facts.name,
            "unit": facts.unit,
            "award": verdict.award,
            "subject_kind": verdict.subject_kind,
            "year": verdict.frame.year,
            "on": verdict.frame.decided_on.isoformat(),
            "received_on": verdict.frame.received_on.isoformat(),
            "verdict": verdict.word,
            "provisional": verdict.choice.provisional,
            "text": None
            if version is None
            else {
                "instrument": version.instrument,
                "from": version.in_force.start,
                "until": version.in_force.end,
            },
            "confidence": verdict.confidence if verdict.finding else None,
            "conditions": self._children(verdict.finding),
            "missing": [self._condition(one) for one in verdict.missing],
            "earliest_year": verdict.earliest_year,
            "notes": self.notes(verdict),
        }
        if verdict.refusal:
            data["refusal"] = {
                "code": verdict.refusal.code,
                "instrument": verdict.refusal.instrument,
                "reason": self.wording.refusal(verdict.refusal),
                "next": next_act(self.book, verdict) or None,
            }
        return data

    def _children(self, finding: Finding | None) -> list[dict[str, Any]]:
        if finding is None:
            return []
        if finding.kind == "all":
            return [self._condition(one) for one in finding.children]
        return [self._condition(finding)]

    def _condition(self, finding: Finding) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": finding.id,
            "kind": finding.kind,
            "verdict": finding.truth.word,
        }
        if finding.kind not in ("all", "any", "not"):
            data |= {
                "law": finding.vi,
                "text": finding.text,
                "cite": finding.cites[0].as_json() if finding.cites else None,
                "cites": [one.as_json() for one in finding.cites],
                "confidence": finding.confidence,
                "evidence": [_evidence(one) for one in finding.evidence],
            }
        if finding.children:
            data["conditions"] = [self._condition(one) for one in finding.children]
        return data

    # ------------------------------------------------------------------ text

    def line(self, verdict: Verdict) -> str:
        """One line of a table: verdict, award, what is missing or the reason."""
        word, colour = _WORDS[verdict.word]
        label = self.book.vocabulary.award_label(verdict.award)
        if verdict.truth is None and verdict.refusal:
            tail = self.wording.refusal(verdict.refusal)
        elif verdict.truth is Truth.YES:
            tail = ""
        else:
            tail = f"thiếu {len(verdict.missing)} điều kiện"
            if verdict.truth is Truth.NO:
                tail += f"; sớm nhất {verdict.earliest_year}" if verdict.earliest_year else ""
            else:
                tail = f"cần bổ sung hoặc xác nhận {len(verdict.missing)} điều kiện"
        if verdict.choice.provisional:
            word += " (đọc tạm)"
        styled = click.style(word.ljust(16), fg=colour, bold=True)
        return f"  {styled} {label.ljust(44)} {tail}".rstrip()

    def show(self, verdict: Verdict, facts: Facts) -> None:
        """The whole finding: heading, conditions with marks, what is missing, notes."""
        word, colour = _WORDS[verdict.word]
        label = self.book.vocabulary.award_label(verdict.award)
        kind = self.book.vocabulary.label("subject_kinds", verdict.subject_kind)
        frame = verdict.frame
        place = f" · {facts.unit}" if facts.unit else ""
        click.secho(f"{facts.name}{place}", bold=True)
        click.echo(
            f"{label} ({kind.lower()}) · thành tích {day(frame.period_start)}–"
            f"{day(frame.period_end)} · quyết định {day(frame.decided_on)}"
        )
        click.echo(click.style(f" {word} ", fg="white", bg=colour, bold=True), nl=False)
        version = verdict.choice.version
        if version:
            text = self.book.instruments[version.instrument].short_vi
            period = span(version.in_force.start, version.in_force.end)
            click.echo(f"  theo {text}, bản có hiệu lực {period}")
        elif verdict.refusal:
            click.echo(f"  {self.wording.refusal(verdict.refusal)}")
            click.echo(f"  Làm tiếp: {next_act(self.book, verdict)}")
        for note in self.notes(verdict):
            click.secho(f"  ! {note['text']}", fg="magenta")
        if verdict.finding:
            children = verdict.finding.children or (verdict.finding,)
            for child in children:
                self._show(child, 1)
        if verdict.missing:
            click.secho("  Còn thiếu gì", bold=True)
            for one in verdict.missing:
                click.echo(f"    – {one.text} ({self.cites(one)})")
            if verdict.truth is Truth.NO:
                year = verdict.earliest_year
                click.echo(
                    "    Sớm nhất: "
                    + (
                        f"xét cho năm {year}, theo văn bản này"
                        if year
                        else "không đạt chỉ bằng thời gian"
                    )
                )
        click.echo()

    def _show(self, finding: Finding, depth: int) -> None:
        pad = "  " * depth
        mark, colour = _MARKS[finding.truth]
        styled = click.style(mark, fg=colour, bold=True)
        if finding.kind in ("all", "any", "not"):
            title = (
                finding.vi
                or {
                    "all": "Đủ các điều kiện sau:",
                    "any": "Có một trong các điều kiện sau:",
                    "not": "Không rơi vào trường hợp sau:",
                }[finding.kind]
            )
            click.echo(f"{pad}{styled} {title}")
            for child in finding.children:
                self._show(child, depth + 1)
            return
        unchecked = f" [{UNCHECKED}]" if finding.confidence == "recalled" else ""
        click.echo(
            f"{pad}{styled} {finding.text} "
            + click.style(f"({self.cites(finding)}){unchecked}", dim=True)
        )
        for child in finding.children:
            if finding.truth is not Truth.YES and child.truth is finding.truth:
                self._show(child, depth + 2)


def _evidence(record: Record) -> dict[str, Any]:
    """A record as JSON: its kind, what it says, and where it stands."""
    data: dict[str, Any] = {"record": type(record).__name__.lower()}
    for key, value in record._asdict().items():
        if key == "origin":
            continue
        if isinstance(value, Truth):
            data[key] = value.word
        elif isinstance(value, frozenset):
            data[key] = sorted(value)
        elif isinstance(value, dict):
            data[key] = {"/".join(name): list(count) for name, count in value.items()}
        else:
            data[key] = value
    data["source"] = {key: value for key, value in record.origin._asdict().items() if value}
    return data
