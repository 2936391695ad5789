"""A date of which the day or the month may not be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from thidua.people.errors import BadDate
from thidua.people.lifecycle import partial_bounds

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


def check_partial(text: str) -> None:
    """Refuse what is no date."""
    try:
        partial_bounds(text)
    except BadDate as error:
        raise ValidationError(_(error.template) % error.parts) from None


class PartialDateField(_Text):
    """`2017-03-12`, `2017-03` or `2017` as text, so that it sorts; "" where nothing is known."""

    default_validators = [check_partial]  # noqa: RUF012 - Django's own shape

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
