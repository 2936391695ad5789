"""Who answers for files, numbers and templates. Pure."""

from __future__ import annotations

from thidua.support.actor import Role

KEEPERS = (Role.MINISTRY_OFFICER, Role.ADMINISTRATOR)
READERS = (Role.MINISTRY_OFFICER, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
