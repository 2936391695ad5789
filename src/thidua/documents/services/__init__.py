"""Writes of this room."""

from thidua.documents.services.files import create_location, create_locations, store_file

__all__ = ["create_location", "create_locations", "store_file"]
