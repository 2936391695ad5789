"""Make the key of the trail."""

from __future__ import annotations

import os

from django.utils.translation import gettext as _

from thidua.audit.errors import KeyTaken, KeyUnfit
from thidua.audit.lifecycle.notes import Signer, Verifier
from thidua.audit.selectors.keys import key_path, public_path


def init_key(*, name: str) -> Verifier:
    """Write a fresh key that only its owner can read, and its public side beside it.

    `name` stands in every checkpoint (`thidua.bo.gov.vn`). Raises KeyTaken, KeyUnfit.
    """
    path = key_path()
    try:
        signer = Signer.new(name)
    except ValueError:
        raise KeyUnfit(
            _("Tên «%s» không dùng được: viết liền, không có dấu cộng.") % name
        ) from None
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyTaken(
            _("Đã có khóa ở «%s» và khóa không bao giờ bị ghi đè. Muốn thay: dời tệp cũ đi.") % path
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{signer.text}\n")
    with public_path().open("a", encoding="ascii") as file:
        file.write(f"{signer.verifier.text}\n")
    return signer.verifier
