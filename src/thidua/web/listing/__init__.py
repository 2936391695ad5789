"""Lists: search, filters, sorting in Vietnamese order, paging, saved views, export to Excel.

docs/house.md («Screens») shows how one is written.
"""

from thidua.web.listing.columns import (
    ActColumn,
    ChipColumn,
    Column,
    DayColumn,
    MomentColumn,
    NumberColumn,
)
from thidua.web.listing.filters import Filters, search_folded
from thidua.web.listing.views import Empty, Listing, Table, views_of

__all__ = [
    "ActColumn",
    "ChipColumn",
    "Column",
    "DayColumn",
    "Empty",
    "Filters",
    "Listing",
    "MomentColumn",
    "NumberColumn",
    "Table",
    "search_folded",
    "views_of",
]
