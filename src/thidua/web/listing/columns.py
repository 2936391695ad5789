"""Columns. Each says how it is sorted; one without `sort` cannot be sorted.

A name sorts by its key (`sort="sort_key"`), never by itself: databases do not know the Vietnamese
order. On phones a row becomes a card and each cell carries its heading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import django_tables2
from django.utils.html import format_html
from django_tables2.utils import A

from thidua.web import words
from thidua.web.chips import Chip
from thidua.web.templatetags.thidua import chip
from thidua.web.words import Label


class Column(django_tables2.Column):
    """Text. `link` names the page that a cell opens: it gets the row's `pk`, or the `args` given."""

    align = ""

    def __init__(
        self,
        header: Label,
        *,
        sort: str | tuple[str, ...] = (),
        link: str = "",
        args: Mapping[str, str] | None = None,
        is_title: bool = False,
        **options: Any,
    ) -> None:
        """`accessor` and the other options are those of django-tables2."""
        if link:
            said = args if args is not None else {"pk": "pk"}
            options["linkify"] = (link, {name: A(path) for name, path in said.items()})
        cell: dict[str, Any] = {} if is_title or link else {"data-l": str(header)}
        if self.align:
            cell["class"] = self.align
        head = {"scope": "col", "class": self.align} if self.align else {"scope": "col"}
        options.setdefault("attrs", {"td": cell, "th": head})
        options.setdefault("default", words.NOTHING)
        super().__init__(
            verbose_name=header,
            orderable=bool(sort),
            order_by=(sort,) if isinstance(sort, str) and sort else sort or None,
            **options,
        )


class NumberColumn(Column):
    """A number, 1.846; blank is a dash, not 0."""

    align = "n"

    def render(self, value: float) -> str:
        """As the language writes it."""
        return words.say_number(value)

    def value(self, value: Any) -> Any:
        """In a workbook: the number."""
        return value


class DayColumn(Column):
    """A day, 26/10/2017."""

    align = "n"

    def render(self, value: date) -> str:
        """dd/mm/yyyy."""
        return words.say_day(value)

    def value(self, value: Any) -> Any:
        """In a workbook: the day."""
        return value


class MomentColumn(Column):
    """A moment, 26/10/2017 15:38."""

    align = "n"

    def render(self, value: datetime) -> str:
        """dd/mm/yyyy and the hour of Vietnam."""
        return words.say_moment(value)

    def value(self, value: Any) -> Any:
        """In a workbook: as on screen."""
        return words.say_moment(value)


class ChipColumn(Column):
    """A state in words, tone and icon: `chips` is a table by value, or a function of the value."""

    def __init__(
        self,
        header: Label,
        chips: Mapping[Any, Chip] | Callable[[Any], Chip],
        **options: Any,
    ) -> None:
        """A value that the table does not hold is an error: a state without words."""
        super().__init__(header, **options)
        self.find: Callable[[Any], Chip] = (
            chips.__getitem__ if isinstance(chips, Mapping) else chips
        )

    def render(self, value: Any) -> str:
        """The chip."""
        return chip(self.find(value))

    def value(self, value: Any) -> str:
        """In a workbook: the words."""
        return str(self.find(value).label)


class ActColumn(django_tables2.Column):
    """The next act of each row: `act(record)` gives (address, words), or None for nothing to do."""

    def __init__(
        self, act: Callable[[Any], tuple[str, Label] | None], header: Label = "", **options: Any
    ) -> None:
        """The heading is for screen readers when it is empty on screen."""
        self.act = act
        super().__init__(
            verbose_name=header,
            accessor="pk",
            orderable=False,
            exclude_from_export=True,
            attrs={"td": {"class": "acts"}, "th": {"scope": "col"}},
            **options,
        )

    def render(self, record: Any) -> str:
        """A link, or nothing."""
        found = self.act(record)
        return format_html('<a href="{}">{}</a>', *found) if found else ""
