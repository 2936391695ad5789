"""Addresses of accounts."""

from django.urls import path

from thidua.accounts.permissions import can_have_profile, can_manage_users, can_open_users
from thidua.console.users.views import importing, pages, profile
from thidua.web.doors import door

keeper, reader, owner = door(can_manage_users), door(can_open_users), door(can_have_profile)

urlpatterns = [
    path("toi/", owner(profile.profile), name="profile"),
    path("toi/sua/", owner(profile.change_own), name="profile-change"),
    path("toi/uy-quyen/", owner(profile.lend_own), name="profile-lend"),
    path("tai-khoan-can-bo/", reader(pages.UserList.as_view()), name="user-list"),
    path("tai-khoan-can-bo/moi/", keeper(pages.add), name="user-add"),
    path("tai-khoan-can-bo/nap/", keeper(importing.upload), name="user-import"),
    path("tai-khoan-can-bo/nap/mau.xlsx", keeper(importing.template), name="user-import-template"),
    path("tai-khoan-can-bo/nap/<int:pk>/", keeper(importing.preview), name="user-import-detail"),
    path(
        "tai-khoan-can-bo/nap/<int:pk>/chua-nhan.xlsx",
        keeper(importing.rejects),
        name="user-import-rejects",
    ),
    path("tai-khoan-can-bo/<int:pk>/", reader(pages.detail), name="user-detail"),
    path("tai-khoan-can-bo/<int:pk>/sua/", keeper(pages.change), name="user-change"),
    path("tai-khoan-can-bo/<int:pk>/khoa/", keeper(pages.disable), name="user-disable"),
    path("tai-khoan-can-bo/<int:pk>/mo-khoa/", keeper(pages.enable), name="user-enable"),
    path("tai-khoan-can-bo/<int:pk>/hai-lop/", keeper(pages.reset_factors), name="user-factors"),
    path("tai-khoan-can-bo/<int:pk>/thu-moi/", keeper(pages.send_again), name="user-invite"),
    path("tai-khoan-can-bo/<int:pk>/vai-tro/", keeper(pages.grant), name="role-grant"),
    path("tai-khoan-can-bo/<int:pk>/uy-quyen/", keeper(pages.lend), name="delegation-add"),
    path("vai-tro/<int:pk>/thoi/", keeper(pages.end), name="role-end"),
    path("uy-quyen/<int:pk>/thu-lai/", owner(pages.revoke), name="delegation-revoke"),
]
