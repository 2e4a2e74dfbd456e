"""The tables of accounts: who somebody is here and what was granted to them, every change of that, and what several have to agree to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from comity.web.people.granting import Grant
from comity.web.readers import Reader, Role

NAME = 150


class Key(models.Model):
    """The key that signs sessions; one row."""

    value = models.CharField(max_length=100)


class Person(models.Model):
    """Somebody with an account. ``party`` blank: of the record's keeper. ``agreements`` None: confined to none in particular."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person")
    party = models.CharField(max_length=100, blank=True)
    roles = models.JSONField(default=list)
    agreements = models.JSONField(null=True)
    cleared = models.JSONField(default=list)
    made_by = models.CharField(max_length=NAME)
    made = models.DateTimeField(default=timezone.now)
    must_choose = models.BooleanField(default=False)  # a password of their own, before anything else

    @property
    def name(self) -> str:
        return self.user.get_username()

    @property
    def grant(self) -> Grant:
        """What is granted to them."""
        agreements = None if self.agreements is None else frozenset(self.agreements)
        return Grant(frozenset(Role(role) for role in self.roles), self.party or None, agreements, tuple(self.cleared), self.user.is_active)

    @property
    def reader(self) -> Reader:
        """As whom the pages take them."""
        grant = self.grant
        return Reader(self.name, grant.party, grant.roles, grant.agreements, grant.cleared)


class Change(models.Model):
    """A change of an account. ``before`` None: there was none."""

    whose = models.CharField(max_length=NAME, db_index=True)
    by = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=100)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("-at", "-pk")


class Expected(models.Model):
    """An address by which an identity of a provider is linked with an account when it first signs in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    provider = models.CharField(max_length=200)
    email = models.EmailField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("provider", "email"), name="expected_once"),)


class Proposal(models.Model):
    """What somebody proposes, and several others have to approve. ``outcome``: what came of it, once it was carried out."""

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    payload = models.JSONField()
    agreement = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    made = models.DateTimeField(default=timezone.now)
    needed = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=50)
    state = models.CharField(max_length=20, default="open", db_index=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ("-made", "-pk")


class Vote(models.Model):
    """One person's yes or no to a proposal, with the reason."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    approves = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("proposal", "by"), name="one_vote_each"),)
