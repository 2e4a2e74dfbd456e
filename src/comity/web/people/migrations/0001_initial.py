"""The tables of accounts, as they were first made."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("whose", models.CharField(db_index=True, max_length=150)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("what", models.CharField(max_length=100)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(blank=True, max_length=100)),
                ("roles", models.JSONField(default=list)),
                ("agreements", models.JSONField(null=True)),
                ("cleared", models.JSONField(default=list)),
                ("made_by", models.CharField(max_length=150)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("must_choose", models.BooleanField(default=False)),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="person", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("payload", models.JSONField()),
                ("agreement", models.CharField(blank=True, max_length=200)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("needed", models.PositiveSmallIntegerField()),
                ("role", models.CharField(max_length=50)),
                ("state", models.CharField(db_index=True, default="open", max_length=20)),
                ("outcome", models.TextField(blank=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "ordering": ("-made", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Expected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("provider", "email"), name="expected_once")],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approves", models.BooleanField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="people.proposal")),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("proposal", "by"), name="one_vote_each")],
            },
        ),
    ]
