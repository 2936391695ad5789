"""Whose work the trail is."""

from __future__ import annotations

from thidua.support.actor import Role

READERS = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)
# Administrators keep the machine: what the trail hides is none of their business.
SEEING = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
