"""The room of accounts, as Django loads it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "comity.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What allauth does to an account is kept with it."""
        from allauth.account.signals import password_changed, user_logged_in
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from comity.web.people.accounts import chose_a_password, note_factor_added, note_factor_removed
        from comity.web.people.waiting import signed_in

        password_changed.connect(chose_a_password)
        user_logged_in.connect(signed_in)
        authenticator_added.connect(note_factor_added)
        authenticator_removed.connect(note_factor_removed)
