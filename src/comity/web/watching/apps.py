"""The room of what is followed, as Django loads it."""

from __future__ import annotations

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "comity.web.watching"
    label = "watching"
    default_auto_field = "django.db.models.BigAutoField"
