from django.urls import path

from thidua.console.setup.views import emblem, organisation_edit, set_up

urlpatterns = [
    path("thiet-lap/", set_up, name="set-up"),
    path("co-quan/", organisation_edit, name="organisation-edit"),
    path("bieu-trung/", emblem, name="emblem"),
]
