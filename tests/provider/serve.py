"""A real OpenID Connect provider in a process of its own: django-oauth-toolkit.

    python serve.py FOLDER PORT CALLBACK CLIENT_ID SECRET [ISSUER]

Its people: `mai` (verified mail), `nam` (mail not verified), `la` (verified, known to nobody else);
the password of each is their name twice.
"""

import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

FOLDER, PORT, CALLBACK, CLIENT_ID, SECRET, *REST = sys.argv[1:]
PEOPLE = {"mai": True, "nam": False, "la": True}

key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
settings.configure(
    SECRET_KEY="of the provider of a test",
    DEBUG=True,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    LOGIN_URL="/login/",
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(FOLDER) / "provider.sqlite3",
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": key.decode(),
        "OIDC_ISS_ENDPOINT": REST[0] if REST else "",
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "OpenID", "profile": "Profile", "email": "Mail"},
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
    },
)

import django  # noqa: E402

django.setup()

from django.contrib.auth import authenticate, login  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import WSGIServer, run  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    """Says the mail address of a person, and whether it is verified."""

    oidc_claim_scope = None

    def get_additional_claims(self, request):
        user = request.user
        return {
            "name": user.username,
            "email": user.email,
            "email_verified": PEOPLE[user.username],
        }


def log_in(request):
    user = authenticate(request, username=request.GET["who"], password=request.GET["who"] * 2)
    if user is None:
        return HttpResponse("no", status=403)
    login(request, user)
    return HttpResponseRedirect("/in/")


urlpatterns = [
    path("login/", log_in),
    path("in/", lambda request: HttpResponse(request.user.username)),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

call_command("migrate", verbosity=0)
for name in PEOPLE:
    User.objects.create_user(name, f"{name}@bo.example.vn", name * 2)
Application.objects.create(
    client_id=CLIENT_ID,
    client_secret=SECRET,
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    algorithm=Application.RS256_ALGORITHM,
    redirect_uris=CALLBACK,
    skip_authorization=True,
)
run("127.0.0.1", int(PORT), get_wsgi_application(), threading=True, server_cls=WSGIServer)
