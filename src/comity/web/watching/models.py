"""The tables of what is followed: saved filters, how their owners are told, what was acknowledged, what was sent.

Nothing of the record stands here, but for what people wrote into a question: lines are known by a digest, and asked for anew.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from comity.web.people.models import Person

NAME, DIGEST = 120, 64


class Saved(models.Model):
    """A page's path and query under a name. ``seen``, ``told``: digests of the lines that were looked at and told of; None: of none yet."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved")
    name = models.CharField(max_length=NAME)
    path = models.CharField(max_length=300)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    alert = models.BooleanField(default=False)
    seen = models.JSONField(null=True)
    told = models.JSONField(null=True)
    problem_told = models.BooleanField(default=False)  # its owner was told by mail that it has no answer
    horizon = models.DateField(null=True)  # up to this day what is ahead has been looked at
    feed = models.CharField(max_length=DIGEST, blank=True, db_index=True)  # the hash of its feed's token
    made = models.DateTimeField(default=timezone.now)
    looked = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "pk")

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Telling(models.Model):
    """How somebody is told. ``lead``: so many days before something is due; ``before``: and so many before, the deputy is told too."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="telling")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    lead = models.PositiveSmallIntegerField(default=30)
    deputy = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="stands_in")
    before = models.PositiveSmallIntegerField(default=7)
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)

    def is_away(self, on: date) -> bool:
        """Are they away on the day?"""
        return bool(self.away_from and self.away_until and self.away_from <= on <= self.away_until)


class Acknowledged(models.Model):
    """A line of somebody's that falls due, and who has acknowledged it."""

    whose = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acknowledged")
    key = models.CharField(max_length=DIGEST)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("whose", "key"), name="acknowledged_once"),)


class Mailing(models.Model):
    """The mail to somebody on a day: begun before it is sent, and marked after. ``says``: why it was not sent."""

    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mailings")
    day = models.DateField()
    message = models.CharField(max_length=200)
    begun = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (models.UniqueConstraint(fields=("to", "day"), name="one_mail_a_day"),)


class Webhook(models.Model):
    """Where what is new in a saved filter is posted to. ``before``: the secret that was good before, up to ``before_until``."""

    saved = models.ForeignKey(Saved, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=100)
    before = models.CharField(max_length=100, blank=True)
    before_until = models.DateTimeField(null=True)
    told = models.JSONField(null=True)
    horizon = models.DateField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    off = models.DateTimeField(null=True)
    off_told = models.BooleanField(default=False)  # its owner was told by mail that it is off
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)


class Delivery(models.Model):
    """One message to a webhook: which lines it is about, and how it went."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=50, unique=True)
    keys = models.JSONField()
    made = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=20, default="waiting", db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    following = models.DateTimeField(null=True)  # when it is tried next
    tried = models.DateTimeField(null=True)
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-made", "-pk")
