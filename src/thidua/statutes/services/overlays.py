"""Draft, propose, return, release and withdraw an own rule."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from lawengine.checks import flaws
from lawengine.overlays import Overlay, lay_over
from thidua.audit import services as audit
from thidua.statutes.errors import StatuteFault, StepOutOfOrder
from thidua.statutes.lifecycle import DRAFT, PROPOSED, RELEASED, WITHDRAWN, step_problem
from thidua.statutes.models import OverlayRule
from thidua.statutes.selectors.books import check_text, get_book_without, text_digest
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def draft_overlay(*, text: str, actor: Actor, at: datetime) -> OverlayRule:
    """Keep an own rule as a draft. Raises OverlayFault with line, path and the fix."""
    overlay = check_text(text)
    rule = OverlayRule(
        **_columns(overlay, text),
        state=DRAFT,
        drafted_at=at,
        drafted_by_id=actor.user_id,
        drafted_by_name=actor.name,
    )
    return audit.create(rule, actor=actor, at=at, action="overlay.draft")


@transaction.atomic
def change_overlay(*, rule: OverlayRule, text: str, actor: Actor, at: datetime) -> bool:
    """Another text for a draft. Raises OverlayFault, StepOutOfOrder."""
    _step(rule, "change", actor)
    overlay = check_text(text, rule.pk)
    return audit.change(
        rule, actor=actor, at=at, action="overlay.change", **_columns(overlay, text)
    )


@transaction.atomic
def propose_overlay(*, rule: OverlayRule, actor: Actor, at: datetime) -> None:
    """Hand a draft to a second person; its text is fixed from here. Raises StatuteFault."""
    stored = _step(rule, "propose", actor)
    _check_together(stored)
    audit.change(
        rule,
        actor=actor,
        at=at,
        action="overlay.propose",
        state=PROPOSED,
        proposed_at=at,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
        return_reason="",
    )


@transaction.atomic
def return_overlay(*, rule: OverlayRule, reason: str, actor: Actor, at: datetime) -> None:
    """Give a proposed rule back as a draft, with the reason. Raises StepOutOfOrder."""
    if not clean(reason):
        raise StepOutOfOrder("Cần lý do để trả lại. Viết ngắn, nêu đúng chỗ cần sửa.")
    _step(rule, "return", actor)
    audit.change(
        rule,
        actor=actor,
        at=at,
        action="overlay.return",
        reason=clean(reason),
        state=DRAFT,
        return_reason=clean(reason),
    )


@transaction.atomic
def release_overlay(*, rule: OverlayRule, actor: Actor, at: datetime) -> None:
    """A second person puts the rule in force; it binds on its own dates. Raises StatuteFault."""
    stored = _step(rule, "release", actor)
    _check_together(stored)
    audit.change(
        rule,
        actor=actor,
        at=at,
        action="overlay.release",
        state=RELEASED,
        released_at=at,
        released_by_id=actor.user_id,
        released_by_name=actor.name,
    )


@transaction.atomic
def withdraw_overlay(*, rule: OverlayRule, reason: str, actor: Actor, at: datetime) -> None:
    """The rule judges no more from now on; what it judged keeps its digest. Raises StepOutOfOrder."""
    if not clean(reason):
        raise StepOutOfOrder("Cần lý do rút quy định. Viết ngắn, nêu văn bản thay thế nếu có.")
    _step(rule, "withdraw", actor)
    audit.change(
        rule,
        actor=actor,
        at=at,
        action="overlay.withdraw",
        reason=clean(reason),
        state=WITHDRAWN,
        withdrawn_at=at,
        withdrawn_by_name=actor.name,
        withdraw_reason=clean(reason),
    )


def _columns(overlay: Overlay, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "digest": text_digest(text),
        "award": overlay.award,
        "subject": overlay.subject,
        "effect": overlay.effect,
        "symbol": overlay.document.short_vi,
        "title": overlay.document.vi,
        "signed_on": date.fromisoformat(overlay.document.issued),
        "starts_on": overlay.in_force.start,
        "ends_on": overlay.in_force.end,
    }


def _step(rule: OverlayRule, act: str, actor: Actor) -> OverlayRule:
    """The rule as stored, locked, when the act is possible."""
    stored = OverlayRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if problem := step_problem(
        act, stored.state, actor_id=actor.user_id, proposed_by_id=stored.proposed_by_id
    ):
        raise StepOutOfOrder(problem)
    return stored


def _check_together(rule: OverlayRule) -> None:
    """The rule stands beside those that are released: no standard leads to itself by both."""
    laid = lay_over(get_book_without(rule), [check_text(rule.text, rule.pk)])
    circles = [flaw.where for flaw in flaws(laid) if flaw.code == "circle"]
    if circles:
        raise StatuteFault(
            f"Cùng với quy định đã ban hành, tiêu chuẩn «{circles[0]}» dẫn vòng về chính nó. "
            "Sửa một trong hai quy định."
        )
