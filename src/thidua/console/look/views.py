from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.accounts.selectors import get_own_account
from thidua.accounts.services import change_user, set_preferences
from thidua.support.clock import now
from thidua.support.text import clean
from thidua.web.doors import StaffRequest, anyone, door
from thidua.web.listing import views_of

CHOICES = {"theme": {"", "light", "dark"}, "density": {"", "compact"}, "keys": {"", "off"}}
MOST_VIEWS = 20


@require_POST
@door(anyone)
def look(request: StaffRequest) -> HttpResponse:
    """Set what was pressed: theme, density, keys, language."""
    user = get_own_account(request.actor)
    response = HttpResponseRedirect(_back(request))
    chosen = {
        name: request.POST[name]
        for name, allowed in CHOICES.items()
        if request.POST.get(name) in allowed
    }
    if chosen:
        set_preferences(user=user, actor=request.actor, at=now(), **chosen)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        change_user(user=user, actor=request.actor, at=now(), language=str(language))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            str(language),
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
@door(anyone)
def save_view(request: StaffRequest) -> HttpResponse:
    """Keep the search, filters and order of a list under a name."""
    name, of = clean(request.POST.get("name", ""))[:60], request.POST.get("of", "")
    try:
        address = reverse(of)
    except NoReverseMatch:
        return HttpResponseBadRequest()
    query = request.POST.get("query", "")[:1000]
    user = get_own_account(request.actor)
    kept = [one for one in views_of(user.preferences, of) if one["name"] != name]
    if not name:
        messages.error(request, _("Cần một tên cho cách xem, ví dụ «Cục, chưa có tài khoản»."))
    elif len(kept) >= MOST_VIEWS:
        messages.error(request, _("Đã giữ 20 cách xem cho trang này. Bỏ bớt một cách rồi giữ lại."))
    else:
        views = {**user.preferences.get("views", {}), of: [*kept, {"name": name, "query": query}]}
        set_preferences(user=user, actor=request.actor, at=now(), views=views)
    return HttpResponseRedirect(f"{address}?{query}")


@require_POST
@door(anyone)
def drop_view(request: StaffRequest) -> HttpResponse:
    """Forget a kept view."""
    name, of = request.POST.get("name", ""), request.POST.get("of", "")
    user = get_own_account(request.actor)
    kept = [one for one in views_of(user.preferences, of) if one["name"] != name]
    views = {**user.preferences.get("views", {}), of: kept}
    set_preferences(user=user, actor=request.actor, at=now(), views=views)
    return HttpResponseRedirect(_back(request))


def _back(request: StaffRequest) -> str:
    """The page from which it was pressed, if it is one of ours."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if is_ours else "/"
