"""Writes of the trail, and the only writers of every audited table."""

from thidua.audit.selectors.columns import stream_of
from thidua.audit.services.copies import push_copies
from thidua.audit.services.epochs import adopt, new_epoch
from thidua.audit.services.erasing import erase_hidden
from thidua.audit.services.keys import init_key
from thidua.audit.services.sequencing import sequence
from thidua.audit.services.verifications import record_verification
from thidua.audit.services.writing import change, create, create_many, note, remove

__all__ = [
    "adopt",
    "change",
    "create",
    "create_many",
    "erase_hidden",
    "init_key",
    "new_epoch",
    "note",
    "push_copies",
    "record_verification",
    "remove",
    "sequence",
    "stream_of",
]
