"""`thidua check`: who may receive what, why, what is missing, under which clause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lawengine.explain import Judge, Verdict
from lawengine.facts import Facts, read_document, read_subject
from lawengine.reading import read_file
from thidua.cli.next_act import next_act
from thidua.cli.session import AWARD, case_options, frame_of, local_today, open_book, print_json
from thidua.cli.verdicts import SCHEMA, Speaker


@click.command()
@click.argument("facts", type=click.Path(path_type=Path))
@click.option(
    "--award",
    "awards",
    type=AWARD,
    multiple=True,
    help="Mã (xem `law list`) hoặc tên danh hiệu cần xét, nhiều lần được. "
    "Bỏ trống: mọi danh hiệu hợp đối tượng.",
)
@click.option(
    "--ground",
    "grounds",
    multiple=True,
    metavar="MÃ",
    help="Chỉ xét theo phương án này của điều luật (mã điều kiện, ví dụ c2; xem `law show`).",
)
@case_options
def check(
    facts: Path,
    awards: tuple[str, ...],
    grounds: tuple[str, ...],
    provisional: str | None,
    *,
    as_json: bool,
    **dates: Any,
) -> None:
    """Xét dữ kiện trong FACTS.yaml (hoặc .json) với luật của ngày đó."""
    book, wording = open_book()
    today = local_today()
    case, nodes = read_document(read_file(facts), book.vocabulary)
    frame = frame_of(case, today, provisional=provisional, **dates)
    asked = awards or case.awards
    claimed = frozenset(grounds or case.grounds)
    judge = Judge(
        book,
        frame,
        wording,
        provisional=provisional is not None,
        grounds=dict.fromkeys(asked, claimed) if claimed else None,
    )
    found: list[tuple[Verdict, Facts]] = []
    for node in nodes:
        subject = read_subject(node, book.vocabulary, frame, today)
        found += [
            (judge.judge(award, subject), subject) for award in asked or awards_for(judge, subject)
        ]
    speaker = Speaker(book, wording, provisional or "")
    if as_json:
        print_json(
            {
                "schema": SCHEMA,
                "book": book.digest,
                "verdicts": [speaker.as_json(verdict, subject) for verdict, subject in found],
            }
        )
    elif asked:
        for verdict, subject in found:
            speaker.show(verdict, subject)
    else:
        _summary(speaker, found)


def awards_for(judge: Judge, subject: Facts) -> list[str]:
    """The awards that have a standard for this kind of subject."""
    words = judge.book.vocabulary
    kinds = set(words.standard_kinds(subject.kind, subject.classes))
    return [award.id for award in words.awards.values() if kinds & set(award.subjects)]


def _summary(speaker: Speaker, found: list[tuple[Verdict, Facts]]) -> None:
    last = None
    order = {"yes": 0, "unknown": 1, "no": 2, "refused": 3}
    for verdict, subject in sorted(
        found, key=lambda pair: (pair[1].id, order[pair[0].word], len(pair[0].missing))
    ):
        if subject is not last:
            place = f" · {subject.unit}" if subject.unit else ""
            click.secho(subject.name + place, bold=True)
            last = subject
        click.echo(speaker.line(verdict))
    acts = dict.fromkeys(next_act(speaker.book, verdict) for verdict, _ in found)
    click.echo()
    for act in filter(None, acts):
        click.echo(f"Làm tiếp: {act}")
    click.echo(
        "Xem lý do từng danh hiệu: thêm --award MÃ (ví dụ --award grassroots-emulation-fighter)."
    )
