"""The tables of what is followed, as they were first made."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Saved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("path", models.CharField(max_length=300)),
                ("query", models.TextField(blank=True)),
                ("shared", models.BooleanField(default=False)),
                ("alert", models.BooleanField(default=False)),
                ("seen", models.JSONField(null=True)),
                ("told", models.JSONField(null=True)),
                ("horizon", models.DateField(null=True)),
                ("feed", models.CharField(blank=True, db_index=True, max_length=64)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("looked", models.DateTimeField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="saved", to="people.person")),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en", max_length=10)),
                ("lead", models.PositiveSmallIntegerField(default=30)),
                ("before", models.PositiveSmallIntegerField(default=7)),
                ("away_from", models.DateField(null=True)),
                ("away_until", models.DateField(null=True)),
                ("deputy", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="stands_in", to="people.person")),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="telling", to="people.person")),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500)),
                ("secret", models.CharField(max_length=100)),
                ("before", models.CharField(blank=True, max_length=100)),
                ("before_until", models.DateTimeField(null=True)),
                ("told", models.JSONField(null=True)),
                ("horizon", models.DateField(null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("off", models.DateTimeField(null=True)),
                ("off_told", models.BooleanField(default=False)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="webhooks", to="watching.saved")),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.CharField(max_length=50, unique=True)),
                ("keys", models.JSONField()),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("state", models.CharField(db_index=True, default="waiting", max_length=20)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("following", models.DateTimeField(null=True)),
                ("tried", models.DateTimeField(null=True)),
                ("says", models.CharField(blank=True, max_length=300)),
                ("webhook", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="watching.webhook")),
            ],
            options={
                "ordering": ("-made", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Acknowledged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("whose", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="acknowledged", to="people.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("whose", "key"), name="acknowledged_once")],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("message", models.CharField(max_length=200)),
                ("begun", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fresh", models.PositiveIntegerField(default=0)),
                ("due", models.PositiveIntegerField(default=0)),
                ("says", models.CharField(blank=True, max_length=300)),
                ("to", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mailings", to="people.person")),
            ],
            options={
                "ordering": ("-day", "-pk"),
                "constraints": [models.UniqueConstraint(fields=("to", "day"), name="one_mail_a_day")],
            },
        ),
    ]
