"""What can go wrong with the trail itself. Messages say what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _


class AuditError(Exception):
    """The message is a sentence for the person who keeps the installation."""


class KeyMissing(AuditError):
    """No key to sign with."""

    def __init__(self, path: object) -> None:
        super().__init__(
            _("Chưa có khóa ký nhật ký ở «%s». Tạo khóa: thidua audit init-key") % path
        )


class KeyUnfit(AuditError):
    """A key that cannot be read, may be read by others, or is not the key of the open epoch."""


class KeyTaken(AuditError):
    """A key is there already: it is never overwritten."""


class ReasonMissing(AuditError):
    """An epoch is closed only with a reason that people can read later."""


class CopyFailed(Exception):
    """A checkpoint did not reach its outside place; the message is for the screen."""
