"""Pieces of pages. Built into every template: nothing needs to be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms import Form as DjangoForm
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from thidua.web import words
from thidua.web.chips import Chip
from thidua.web.once import FIELD, draw_key

register = template.Library()
register.filter("day", words.say_day)
register.filter("moment", words.say_moment)
register.filter("weekday", words.say_weekday)
register.filter("number", words.say_number)


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """An icon of the sprite; with a label it says something, without it only decorates."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="td-ico{}" {}><use href="{}#i-{}"></use></svg>',
        f" {classes}" if classes else "",
        SafeString(said),
        static("thidua/vendor/icons.svg"),
        name,
    )


@register.simple_tag
def mark(name: str, classes: str = "") -> SafeString:
    """One of our own drawings: `pennant`, `drum`."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("thidua/marks.svg"),
        name,
    )


@register.simple_tag
def chip(what: Chip | str, tone: str = "xam", icon_name: str = "") -> SafeString:
    """A state: `{% chip row.state_chip %}`, or `{% chip _("Còn hiệu lực") "luc" "check" %}`."""
    one = what if isinstance(what, Chip) else Chip(what, tone, icon_name)
    drawn = icon(one.icon) if one.icon else ""
    return format_html(
        '<span class="td-chip" data-tone="{}">{}{}</span>', one.tone, drawn, one.label
    )


@register.inclusion_tag("web/tile.html")
def tile(count: int, label: str, url: str, note: str = "", tone: str = "") -> dict[str, Any]:
    """A count that opens its list."""
    return {"count": count, "label": label, "url": url, "note": note, "tone": tone}


@register.inclusion_tag("web/empty.html")
def empty(title: str, text: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """Nothing here: what that means, what comes next, one link."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("web/facts.html")
def facts(rows: Mapping[str, Any] | list[tuple[str, Any]]) -> dict[str, Any]:
    """Names and values, one under the other."""
    return {"rows": list(rows.items()) if isinstance(rows, Mapping) else rows}


@register.simple_tag
def once(form: DjangoForm | None = None) -> SafeString:
    """The hidden key by which a form that is sent twice is done once."""
    kept = form.data.get(FIELD) if form is not None and form.is_bound else None
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, kept or draw_key())


@register.inclusion_tag("web/field.html")
def field(bound: BoundField, *, is_filter: bool = False) -> dict[str, Any]:
    """One field: label, what to know, the control, what is wrong, tied for screen readers."""
    widget = bound.field.widget
    is_tick = isinstance(widget, CheckboxInput) and not isinstance(widget, Select)
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    attrs: dict[str, str | bool] = {}
    if not is_group:  # the attributes of a group go to its frame too
        style = "form-select" if isinstance(widget, Select) else "form-control"
        style = "form-check-input" if is_tick else style
        attrs["class"] = f"{style} is-invalid" if bound.errors else style
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_tick": is_tick,
        "is_group": is_group,
        "is_filter": is_filter,
    }


@register.inclusion_tag("web/form_errors.html")
def form_errors(form: DjangoForm) -> dict[str, Any]:
    """What is wrong with a form, on top of it, each with a link to its place."""
    places = [
        {
            "label": bound.label,
            "anchor": bound.id_for_label or bound.auto_id,
            "errors": bound.errors,
        }
        for bound in form
        if bound.errors
    ]
    return {"form": form, "places": places}


@register.simple_tag
def page_language() -> str:
    """`vi` or `en`, for the `lang` of a page."""
    return get_language() or "vi"
