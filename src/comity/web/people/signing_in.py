"""How people sign in, where it is not as allauth does it: nobody makes an account for themselves, and an identity of a provider signs in only
to the account that an administrator has linked it with.

Source: OpenID Connect Core 1.0, 3.1.3.7 (what is checked of an ID token).
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from comity.web.guarding import error_page
from comity.web.people.models import Expected
from comity.web.people.sealing import seal, unseal
from comity.web.people.waiting import failed, seconds_left


class Accounts(DefaultAccountAdapter):
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refused, without a look at the password, where there were too many wrong ones."""
        if seconds_left(request, str(credentials.get("username", ""))):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        failed(request, str(credentials.get("username", "")))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return error_page(request, 403, "this account is no longer in use; ask an administrator")


class Factors(DefaultMFAAdapter):
    """Second factors are sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


class Identities(DefaultSocialAccountAdapter):
    """Identities are linked by administrators."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Providers are those of the file alone, whatever stands in the database."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An address that the provider vouches for finds its account once; from then on it is the subject that counts."""
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(error_page(request, 403, "you have signed in; sign out, to sign in as somebody else"))
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(error_page(request, 403, "identities are linked by an administrator; ask one"))
        if not sociallogin.is_existing and not _link_expected(sociallogin):
            says = "this identity is linked with no account here; ask an administrator to link it"
            raise ImmediateHttpResponse(error_page(request, 403, says))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: object) -> None:
        raise ImmediateHttpResponse(error_page(request, 403, f"{provider.name} did not say who you are; sign in again"))


def _link_expected(login: SocialLogin) -> bool:
    addresses = [one.email.casefold() for one in login.email_addresses if one.verified]
    with transaction.atomic():
        expected = Expected.objects.select_for_update().filter(provider=login.account.provider, email__in=addresses).first()
        if expected is None:
            return False
        login.user = expected.person.user
        SocialAccount.objects.create(user=login.user, provider=login.account.provider, uid=login.account.uid)
        expected.delete()
    return True


class _Checked(OpenIDConnectOAuth2Adapter):
    """The signature of an ID token is checked always, even where it came straight from the provider."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False
        found: dict[str, Any] = super()._decode_id_token(app, id_token)
        return found


def identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to a provider, which says who somebody is; by a page with a link, since forms are sent to these pages alone."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("account_login"))
    response = _asked(request, OAuth2LoginView, provider_id)
    if not isinstance(response, HttpResponseRedirect):
        return response
    onward = render(request, "people/onward.html", {"onward": response.url})
    onward.headers["Cache-Control"] = "no-store"
    return onward


def identified(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from a provider."""
    return _asked(request, OAuth2CallbackView, provider_id)


def _asked(request: HttpRequest, view: type[OAuth2LoginView | OAuth2CallbackView], provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(_Checked(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OSError, KeyError):
        return error_page(request, 502, "the provider does not answer as it should; try again later, or sign in otherwise")
    return response
