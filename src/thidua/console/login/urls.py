"""Addresses of the way in: the pages of allauth that this house has, and no other.

Their names have no prefix: allauth looks for them so. There is no page to sign up, none to change
the mail address (the keeper of accounts does), none to connect identities.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as identity
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from thidua.console.login import single_sign_on, views

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/quen/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("moi/", views.accept_invitation, name="invitation_accept"),
    path("moi/<str:token>/", views.open_invitation, name="invitation_open"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    # second factors
    path("hai-lop/", second_factor.index, name="mfa_index"),
    path("hai-lop/ma/", second_factor.authenticate, name="mfa_authenticate"),
    path("hai-lop/xac-nhan-lai/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("hai-lop/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-lop/ung-dung/hinh.svg", views.totp_picture, name="totp_picture"),
    path("hai-lop/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "hai-lop/ma-du-phong/tao/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "hai-lop/ma-du-phong/tai-ve/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("khoa/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("khoa/xac-nhan-lai/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa/<int:pk>/doi-ten/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("khoa/<int:pk>/bo/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    # single sign-on
    path("mot-cua/loi/", identity.login_error, name="socialaccount_login_error"),
    path("mot-cua/da-huy/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("mot-cua/<slug:provider_id>/", single_sign_on.login, name="openid_connect_login"),
    path("mot-cua/<slug:provider_id>/ve/", single_sign_on.callback, name="openid_connect_callback"),
]
