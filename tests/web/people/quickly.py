"""Passwords hashed as in earnest, but with less work, so that tests sign in quickly."""

from __future__ import annotations

from django.contrib.auth.hashers import ScryptPasswordHasher


class Quickly(ScryptPasswordHasher):
    work_factor = 2
