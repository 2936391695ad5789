"""Single sign-on by OpenID Connect: we are the client, the provider stands in the settings.

allauth speaks the protocol (code, PKCE, state). Three things are stricter here: the identity token
is always verified by the provider's keys, it answers the nonce of this login, and the details come
for the same subject. An identity opens an account only when the provider says that its mail address
is verified and somebody was invited with it.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException

from thidua.accounts import services
from thidua.accounts.selectors import find_user
from thidua.audit import services as audit
from thidua.console.login.adapters import actor_of
from thidua.support.clock import now

_SIGNED_BY_KEY_PAIR = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)


class Provider(OpenIDConnectProvider):
    """The provider, asked with PKCE and with a nonce for each login."""

    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> Client:
        """Our stricter reader of answers."""
        return Client(request, self.app.provider_id)

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing of the question is taken from the address that the browser asked for."""
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        kwargs.update(
            process=AuthProcess.LOGIN, scope=self.get_scope(), auth_params=self.get_auth_params()
        )
        return kwargs

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send the browser to the provider; remember the nonce in the session."""
        del data
        nonce = secrets.token_urlsafe(16)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data={"nonce": nonce}, **kwargs
        )
        return answer


class Client(OpenIDConnectOAuth2Adapter):
    """Reads what the provider answers, and believes none of it unseen."""

    nonce = ""

    def get_provider(self) -> Provider:
        """Raises SocialApp.DoesNotExist for a provider that is not configured."""
        app = get_adapter().get_app(self.request, provider=self.provider_id)
        return Provider(self.request, app=app)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Who this is. Raises OAuth2Error for a token that does not hold."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, id_token)
        details = self._fetch_user_info(token.token)
        if details.get("sub") != claims["sub"]:
            raise OAuth2Error("details of another subject")
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": details, "id_token": claims}
        )

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        server = app.settings["server_url"].partition("/.well-known/")[0]
        if config["issuer"].rstrip("/") != server.rstrip("/"):
            raise OAuth2Error("another issuer than the one that was configured")
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("no token") from error
        if algorithm not in _SIGNED_BY_KEY_PAIR:
            raise OAuth2Error("a signature that anybody could make")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=config["jwks_uri"],
            issuer=config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or not secrets.compare_digest(
            str(claims.get("nonce", "")).encode(), self.nonce.encode()
        ):
            raise OAuth2Error("the answer to another login")
        return claims


class Callback(OAuth2CallbackView):
    """The way back from the provider."""

    adapter: Client

    def _get_state(self, request: HttpRequest, provider: Provider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = (state.get("data") or {}).get("nonce", "")
        return state, response


class Identities(DefaultSocialAccountAdapter):
    """Which account an identity opens: one that somebody invited, found by its verified mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account for themselves."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie a new identity to the account with its mail address, or show why not."""
        if sociallogin.is_existing:
            return
        details = sociallogin.account.extra_data.get("userinfo", {})
        address = str(details.get("email") or "").strip().lower()
        # The word of the standard is a boolean; a text "true" is no proof.
        if details.get("email_verified") is not True or not address:
            raise ImmediateHttpResponse(_refuse(request, address, "unverified"))
        user = find_user(address)
        if user is None or not user.is_active:
            raise ImmediateHttpResponse(_refuse(request, address, "unknown"))
        sociallogin.connect(request, user)
        actor, at = actor_of(request, user), now()
        services.withdraw_invitation(user=user, actor=actor, at=at)
        audit.note(
            audit.stream_of(user),
            actor=actor,
            at=at,
            action="user.connect_identity",
            facts={"provider": sociallogin.account.provider},
        )


def _refuse(request: HttpRequest, address: str, why: str) -> HttpResponse:
    context = {"address": address, "why": why}
    return render(request, "socialaccount/refused.html", context, status=403)


@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider (by POST: nobody is sent there by a link)."""
    return _view(OAuth2LoginView, request, provider_id)


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _view(Callback, request, provider_id)


def _view(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Client(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except RequestException:
        return render(request, "socialaccount/provider_down.html", status=503)
    return answer
