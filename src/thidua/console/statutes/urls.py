from django.urls import path

from thidua.console.statutes.views import calendars, law, overlays
from thidua.statutes.permissions import (
    can_keep_calendar,
    can_read_law,
    can_read_overlays,
    can_write_overlays,
)
from thidua.web.doors import door

reads, reads_own, writes = door(can_read_law), door(can_read_overlays), door(can_write_overlays)
keeps = door(can_keep_calendar)
urlpatterns = [
    path("luat/", reads(law.statute_list), name="statute-list"),
    path("luat/danh-hieu/<slug:award>/", reads(law.statute_detail), name="statute-detail"),
    path("luat/thay-doi/", reads(law.statute_changes), name="statute-changes"),
    path(
        "quy-dinh-rieng/",
        reads_own(overlays.OverlayList.as_view()),
        name="overlay-list",
    ),
    path("quy-dinh-rieng/them/", writes(overlays.overlay_add), name="overlay-add"),
    path("quy-dinh-rieng/<int:pk>/", reads_own(overlays.overlay_detail), name="overlay-detail"),
    path("quy-dinh-rieng/<int:pk>/sua/", writes(overlays.overlay_edit), name="overlay-edit"),
    path(
        "quy-dinh-rieng/<int:pk>/trinh/",
        writes(overlays.overlay_propose),
        name="overlay-propose",
    ),
    path(
        "quy-dinh-rieng/<int:pk>/tra-lai/",
        writes(overlays.overlay_return),
        name="overlay-return",
    ),
    path(
        "quy-dinh-rieng/<int:pk>/ban-hanh/",
        writes(overlays.overlay_release),
        name="overlay-release",
    ),
    path(
        "quy-dinh-rieng/<int:pk>/rut/",
        writes(overlays.overlay_withdraw),
        name="overlay-withdraw",
    ),
    path("lich-lam-viec/", reads(calendars.calendar_year), name="calendar-year"),
    path("lich-lam-viec/them-ngay/", keeps(calendars.calendar_day_add), name="calendar-day-add"),
    path(
        "lich-lam-viec/ngay/<int:pk>/bo/",
        keeps(calendars.calendar_day_remove),
        name="calendar-day-remove",
    ),
    path(
        "lich-lam-viec/cong-bo/",
        keeps(calendars.calendar_year_announce),
        name="calendar-year-announce",
    ),
    path(
        "lich-lam-viec/nam/<int:year>/thu-lai/",
        keeps(calendars.calendar_year_unannounce),
        name="calendar-year-unannounce",
    ),
]
