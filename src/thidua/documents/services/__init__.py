"""Writes of this room."""

from thidua.documents.services.files import create_location, create_locations, store_file
from thidua.documents.services.numbers import (
    cancel_number,
    change_number_book,
    open_number_book,
    take_number,
)
from thidua.documents.services.templates import (
    MOST_TEMPLATE_BYTES,
    add_template,
    publish_template,
    withdraw_template,
)

__all__ = [
    "MOST_TEMPLATE_BYTES",
    "add_template",
    "cancel_number",
    "change_number_book",
    "create_location",
    "create_locations",
    "open_number_book",
    "publish_template",
    "store_file",
    "take_number",
    "withdraw_template",
]
