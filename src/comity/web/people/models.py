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
    """What happened to an account. ``before`` None: there was none. ``address``: from where, if it was by a browser or a program."""

    whose = models.CharField(max_length=NAME, db_index=True)
    by = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=100)
    address = models.CharField(max_length=60, blank=True)
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
    """What somebody proposes, and several others have to approve. ``party``: of whose side it is; blank: of the record's keeper. ``names``: of what
    it speaks, ``agreements`` (blank: of none) and ``labels``. ``outcome``: what came of it, once it was carried out. ``token``: of the form by
    which it was made, which makes one proposal.
    """

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    payload = models.JSONField()
    party = models.CharField(max_length=100, blank=True)
    names = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    made = models.DateTimeField(default=timezone.now)
    needed = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=50)
    state = models.CharField(max_length=20, default="open", db_index=True)
    outcome = models.TextField(blank=True)
    token = models.CharField(max_length=32, null=True)

    class Meta:
        ordering = ("-made", "-pk")
        constraints = (models.UniqueConstraint(fields=("by", "token"), name="proposed_once"),)


class Vote(models.Model):
    """One person's yes or no to a proposal, with the reason. ``seen``: a digest of the state of the record that they were shown."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    approves = models.BooleanField()
    reason = models.TextField()
    seen = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("proposal", "by"), name="one_vote_each"),)


class Approved(models.Model):
    """An act that came on record by a proposal."""

    act = models.CharField(max_length=71, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="acts")


class Demand(models.Model):
    """What has to be approved: acts, or these demands themselves (``about``). What is empty means all: whoever records, every kind, and so on.
    ``party``: of whose side it is, and for whose acts; blank: of the record's keeper, and for everybody's.
    """

    party = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=10)
    whose = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    agreements = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    needed = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=50)
    made_by = models.CharField(max_length=NAME)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)


class Token(models.Model):
    """A token by which a program acts for somebody. ``digest``: of the token, which is shown once. ``ended``: taken back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateField()
    used = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made", "-pk")

    @property
    def alive(self) -> bool:
        """Is it neither taken back nor past its last day?"""
        return self.ended is None and timezone.now().date() <= self.ends


class Invitation(models.Model):
    """A link by which somebody sets their password, once; ``digest``: of what stands in it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True)
    ends = models.DateTimeField()


class Failed(models.Model):
    """Wrong passwords in a row, by whom (a name, a browser that is known, or an address), and until when nobody is let in so."""

    of = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=timezone.now)
