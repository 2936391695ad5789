"""Tables of files, places in them, numbers and templates."""

from thidua.documents.models.files import FileKind, Location, StoredFile
from thidua.documents.models.numbers import BookNumber, NumberBook, NumberCounter
from thidua.documents.models.templates import TemplateVersion

__all__ = [
    "BookNumber",
    "FileKind",
    "Location",
    "NumberBook",
    "NumberCounter",
    "StoredFile",
    "TemplateVersion",
]
