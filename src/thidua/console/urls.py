"""Addresses of the console; each group of screens has its own file."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "console"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("thidua.console.home.urls")),
]
