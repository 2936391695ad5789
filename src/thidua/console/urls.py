"""Addresses of the console; each group of screens has its own file."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "console"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nhat-ky/", include("thidua.console.audit.urls")),
    path("", include("thidua.console.users.urls")),
    path("", include("thidua.console.home.urls")),
    path("", include("thidua.console.setup.urls")),
    path("", include("thidua.console.jobs.urls")),
    path("", include("thidua.console.mail.urls")),
    path("hien-thi/", include("thidua.console.look.urls")),
    path("huong-dan/", include("thidua.console.guide.urls")),
    path("tim/", include("thidua.console.search.urls")),
    path("", include("thidua.console.people.urls")),
    path("", include("thidua.console.units.urls")),
    path("", include("thidua.console.statutes.urls")),
    path("", include("thidua.console.documents.urls")),
]
