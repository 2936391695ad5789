"""Addresses of the trail."""

from django.urls import path

from thidua.audit.permissions import can_read_trail, can_see_hidden
from thidua.console.audit import views
from thidua.web.doors import door

reader, seeing = door(can_read_trail), door(can_see_hidden)

urlpatterns = [
    path("", reader(views.EventList.as_view()), name="audit-list"),
    path("diem-kiem/", reader(views.CheckpointList.as_view()), name="audit-checkpoint-list"),
    path("kiem-tra/", reader(views.check), name="audit-check"),
    path("kiem-tra/ngay/", reader(views.check_now), name="audit-check-now"),
    path("<int:pk>/", reader(views.detail), name="audit-detail"),
    path("<int:pk>/gia-tri/", seeing(views.reveal), name="audit-reveal"),
]
