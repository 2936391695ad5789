"""Addresses of units, kinds, blocs."""

from django.urls import path

from thidua.console.units import acts, blocs, kinds, mending, views, workbooks
from thidua.console.units.rights import may_edit
from thidua.organizations.permissions import can_see_tree
from thidua.web.doors import door

see, edit = door(can_see_tree), door(may_edit)
urlpatterns = [
    path("don-vi/", see(views.show_tree), name="unit-list"),
    path("don-vi/danh-sach/", see(views.UnitList.as_view()), name="unit-table"),
    path("don-vi/them/", edit(acts.Add.as_view()), name="unit-add"),
    path("don-vi/xuat/", see(workbooks.export), name="unit-export"),
    path("don-vi/nhap/", edit(workbooks.upload), name="unit-import"),
    path("don-vi/nhap/mau/", edit(workbooks.template), name="unit-import-template"),
    path("don-vi/nhap/tep/<str:key>/", edit(workbooks.preview), name="unit-import-preview"),
    path(
        "don-vi/nhap/tep/<str:key>/dong-loi/",
        edit(workbooks.rejected_rows),
        name="unit-import-rejects",
    ),
    path("don-vi/loai/", edit(kinds.KindList.as_view()), name="unit-kind-list"),
    path("don-vi/loai/them/", edit(kinds.AddKind.as_view()), name="unit-kind-add"),
    path("don-vi/loai/<int:pk>/", edit(kinds.EditKind.as_view()), name="unit-kind-edit"),
    path("don-vi/<int:pk>/", see(views.show_unit), name="unit-detail"),
    path("don-vi/<int:pk>/doi-ten/", edit(acts.Rename.as_view()), name="unit-rename"),
    path("don-vi/<int:pk>/chuyen/", edit(acts.Move.as_view()), name="unit-move"),
    path("don-vi/<int:pk>/sap-nhap/", edit(acts.Merge.as_view()), name="unit-merge"),
    path("don-vi/<int:pk>/chia-tach/", edit(acts.Split.as_view()), name="unit-split"),
    path("don-vi/<int:pk>/giai-the/", edit(acts.Dissolve.as_view()), name="unit-dissolve"),
    path(
        "don-vi/<int:pk>/dinh-chinh/<slug:what>/<int:row>/",
        edit(mending.Correct.as_view()),
        name="unit-correct",
    ),
    path(
        "don-vi/<int:pk>/bo-viec/<slug:what>/<int:row>/",
        edit(mending.Undo.as_view()),
        name="unit-undo",
    ),
    path("cum-khoi/", see(blocs.BlocList.as_view()), name="bloc-list"),
    path("cum-khoi/lap/", edit(blocs.AddBloc.as_view()), name="bloc-add"),
    path("cum-khoi/<int:pk>/", see(blocs.show_bloc), name="bloc-detail"),
    path("cum-khoi/<int:pk>/sua/", edit(blocs.EditBloc.as_view()), name="bloc-edit"),
    path("cum-khoi/<int:pk>/ket-thuc/", edit(blocs.CloseBloc.as_view()), name="bloc-close"),
    path("cum-khoi/<int:pk>/dua-vao/", edit(blocs.Join.as_view()), name="bloc-join"),
    path("cum-khoi/<int:pk>/cho-ra/<int:row>/", edit(blocs.Leave.as_view()), name="bloc-leave"),
    path("cum-khoi/<int:pk>/truong/", edit(blocs.Lead.as_view()), name="bloc-lead"),
]
