"""Writes of the trail, and the only writers of every audited table."""

from thidua.audit.selectors.columns import stream_of
from thidua.audit.services.keys import init_key
from thidua.audit.services.sequencing import sequence
from thidua.audit.services.writing import change, create, create_many, note, remove

__all__ = [
    "change",
    "create",
    "create_many",
    "init_key",
    "note",
    "remove",
    "sequence",
    "stream_of",
]
