"""The key that signs checkpoints, and the keys that are believed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from thidua.audit.errors import KeyMissing, KeyUnfit
from thidua.audit.lifecycle.notes import BadNote, Signer, Verifier, read_signer, read_verifier


def key_path() -> Path:
    """Where the private key lies: a file that only its owner reads."""
    return Path(settings.AUDIT_KEY)


def public_path() -> Path:
    """Where the public keys lie, old and new, one a line."""
    path = key_path()
    return path.with_name(f"{path.name}.pub")


def get_signer() -> Signer:
    """The private key. Raises KeyMissing, KeyUnfit."""
    path = key_path()
    try:
        mode, raw = path.stat().st_mode, path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(path) from None
    except OSError:
        raise KeyUnfit(_("Không đọc được khóa ký nhật ký ở «%s».") % path) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise KeyUnfit(
            _("Người khác đọc được khóa ký «%(path)s». Sửa quyền: chmod 600 %(path)s")
            % {"path": path}
        )
    try:
        return read_signer(raw.decode("ascii").strip())
    except (BadNote, UnicodeDecodeError):
        raise KeyUnfit(_("Tệp «%s» không phải là khóa ký nhật ký.") % path) from None


def read_verifiers(path: Path) -> list[Verifier]:
    """Public keys in a file, one a line. Raises KeyUnfit."""
    try:
        return [read_verifier(line) for line in path.read_text("ascii").splitlines() if line]
    except (BadNote, OSError, UnicodeDecodeError):
        raise KeyUnfit(_("Không đọc được khóa công khai ở «%s».") % path) from None


def list_verifiers() -> list[Verifier]:
    """The keys that this installation believes; none while it has no key."""
    path = public_path()
    return read_verifiers(path) if path.exists() else []
