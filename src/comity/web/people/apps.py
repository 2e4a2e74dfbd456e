"""The room of accounts, as Django loads it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "comity.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever sets a password of their own need not change it any more."""
        from allauth.account.signals import password_changed

        from comity.web.people.accounts import chose_a_password

        password_changed.connect(chose_a_password)
