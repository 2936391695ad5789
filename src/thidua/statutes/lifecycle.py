"""The life of an own rule: draft → proposed → released by a second person → withdrawn. Pure."""

from __future__ import annotations

from thidua.support.actor import Role

KEEPERS = (Role.MINISTRY_OFFICER, Role.ADMINISTRATOR)
READERS = (Role.AUDITOR, Role.COUNCIL_SECRETARY, Role.UNIT_CLERK, Role.UNIT_HEAD)
DRAFT, PROPOSED, RELEASED, WITHDRAWN = "draft", "proposed", "released", "withdrawn"
# Act → the state that it needs, the state that it leads to.
STEPS = {
    "change": (DRAFT, DRAFT),
    "propose": (DRAFT, PROPOSED),
    "return": (PROPOSED, DRAFT),
    "release": (PROPOSED, RELEASED),
    "withdraw": (RELEASED, WITHDRAWN),
}
_WORDS = {
    DRAFT: "bản nháp",
    PROPOSED: "đang chờ người thứ hai duyệt",
    RELEASED: "đã ban hành",
    WITHDRAWN: "đã rút",
}
_ACTS = {
    "change": "sửa",
    "propose": "trình",
    "return": "trả lại",
    "release": "ban hành",
    "withdraw": "rút",
}


def step_problem(act: str, state: str, *, actor_id: int | None, proposed_by_id: int | None) -> str:
    """Why an act is not possible now for this person; empty when it is."""
    needed, _ = STEPS[act]
    if state != needed:
        return (
            f"Quy định này {_WORDS[state]}, nên không {_ACTS[act]} được. "
            "Mở lại trang để xem trạng thái mới nhất."
        )
    if act == "release" and (actor_id is None or actor_id == proposed_by_id):
        return "Người trình không tự ban hành được. Nhờ người thứ hai có quyền xem và ban hành."
    return ""
