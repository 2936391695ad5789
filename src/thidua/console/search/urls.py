from django.urls import path

from thidua.console.search.views import search

urlpatterns = [path("", search, name="search")]
