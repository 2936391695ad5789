from django.urls import path

from thidua.console.documents.views import files, numbers, templates
from thidua.documents.permissions import (
    can_fetch_files,
    can_keep_number_books,
    can_keep_templates,
    can_see_number_books,
)
from thidua.web.doors import door

sees, keeps = door(can_see_number_books), door(can_keep_number_books)
draws = door(can_keep_templates)
TEMPLATE = "mau-van-ban/<slug:kind>/"
VERSION = f"{TEMPLATE}<int:number>/"
urlpatterns = [
    path("so-van-ban/", sees(numbers.NumberBookList.as_view()), name="number-book-list"),
    path("so-van-ban/mo/", keeps(numbers.number_book_add), name="number-book-add"),
    path(
        "so-van-ban/<int:pk>/",
        sees(numbers.NumberBookDetail.as_view()),
        name="number-book-detail",
    ),
    path("so-van-ban/<int:pk>/sua/", keeps(numbers.number_book_change), name="number-book-change"),
    path(
        "so-van-ban/<int:pk>/<int:number>/huy/", keeps(numbers.number_cancel), name="number-cancel"
    ),
    path("mau-van-ban/", draws(templates.template_list), name="template-list"),
    path(TEMPLATE, draws(templates.template_detail), name="template-detail"),
    path(f"{TEMPLATE}gui/", draws(templates.template_add), name="template-add"),
    path(
        f"{TEMPLATE}co-san/<slug:edition>/",
        draws(templates.template_sample),
        name="template-sample",
    ),
    path(VERSION, draws(templates.template_version), name="template-version"),
    path(f"{VERSION}tep/", draws(templates.template_fetch), name="template-fetch"),
    path(f"{VERSION}cong-bo/", draws(templates.template_publish), name="template-publish"),
    path(f"{VERSION}rut/", draws(templates.template_withdraw), name="template-withdraw"),
    path("tep/<str:key>/", door(can_fetch_files)(files.file_fetch), name="file-fetch"),
]
