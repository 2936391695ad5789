"""Filters of lists, on django-filter."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from thidua.support.text import clean, fold


class Filters(django_filters.FilterSet):
    """Filters of one list: `kind = ChoiceFilter(label=_("Loại"), choices=…)` and so on."""


def search_folded(rows: QuerySet[Any], text: str, columns: tuple[str, ...]) -> QuerySet[Any]:
    """Rows in which each word stands in one of the folded columns: «nguyen dao» finds «Nguyễn Thị Đào»."""
    for word in fold(clean(text)).split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        rows = rows.filter(found)
    return rows
