"""Tables of files, places in them, numbers and templates."""

from thidua.documents.models.files import Location, StoredFile
from thidua.documents.models.numbers import BookNumber, NumberBook, NumberCounter

__all__ = ["BookNumber", "Location", "NumberBook", "NumberCounter", "StoredFile"]
