"""Tables of files, places in them, numbers and templates."""

from thidua.documents.models.files import Location, StoredFile

__all__ = ["Location", "StoredFile"]
