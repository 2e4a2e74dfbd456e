"""Every page, by its path, where there are accounts: those that are there anyway, and those of this room; the names are those of allauth."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest, HttpResponse
from django.urls import path

from comity.web.guarding import error_page, written_to
from comity.web.people import demanding, inviting, me, pages, permissions, proposing, signing_in
from comity.web.urls import handler404, handler500
from comity.web.urls import urlpatterns as pages_anyway
from comity.web.watching import due_pages, feeds, telling_pages, webhook_pages
from comity.web.watching import pages as saved

urlpatterns = [
    *pages_anyway,
    path("sign-in", written_to(account.login), name="account_login"),
    path("sign-in/second", written_to(second.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey", written_to(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/with/<str:provider_id>", written_to(signing_in.identity), name="openid_connect_login"),
    path("sign-in/from/<str:provider_id>", signing_in.identified, name="openid_connect_callback"),
    path("sign-in/set/<str:secret>", inviting.index, name="invited"),
    path("sign-out", written_to(account.logout), name="account_logout"),
    path("me", me.index, name="me"),
    path("me/tokens", me.tokens, name="tokens"),
    path("me/sessions", me.sessions, name="sessions"),
    path("me/again", written_to(account.reauthenticate), name="account_reauthenticate"),
    path("me/again/code", written_to(second.reauthenticate), name="mfa_reauthenticate"),
    path("me/again/passkey", written_to(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("me/password", written_to(account.password_change), name="account_change_password"),
    path("me/second", second.index, name="mfa_index"),
    path("me/second/app", written_to(totp.activate_totp), name="mfa_activate_totp"),
    path("me/second/app/off", written_to(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/second/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second/codes/new", written_to(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("me/second/codes/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/second/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("me/second/passkeys/new", written_to(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("me/second/passkeys/<int:pk>", written_to(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/second/passkeys/<int:pk>/off", written_to(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("people", pages.index, name="people"),
    path("people-events", pages.events, name="people-events"),
    path("people/<str:name>", pages.person, name="person"),
    path("permissions", permissions.index, name="permissions"),
    path("approvals", demanding.index, name="demands"),
    path("proposals", proposing.index, name="proposals"),
    path("proposals/<int:number>", proposing.proposal, name="proposal"),
    path("saved", saved.index, name="saved"),
    path("saved/<int:number>", saved.one, name="saved-one"),
    path("saved/feed/<str:token>", feeds.index, name="feed"),
    path("saved/due", due_pages.index, name="due"),
    path("saved/due/<str:key>", due_pages.one, name="due-one"),
    path("saved/told", telling_pages.index, name="told"),
    path("saved/webhooks", webhook_pages.index, name="webhooks"),
    path("saved/webhooks/<int:number>", webhook_pages.one, name="webhook"),
]


def too_often(request: HttpRequest) -> HttpResponse:
    return error_page(request, 429, "this was asked for too often; wait some minutes, and try again")


handler429 = "comity.web.people.urls.too_often"
__all__ = ["handler404", "handler429", "handler500", "urlpatterns"]
