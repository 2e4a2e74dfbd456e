"""Tokens, demands for approval, invitations and wrong passwords; from where somebody acted."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=71, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=10)),
                ("whose", models.JSONField(default=list)),
                ("kinds", models.JSONField(default=list)),
                ("agreements", models.JSONField(default=list)),
                ("levels", models.JSONField(default=list)),
                ("needed", models.PositiveSmallIntegerField()),
                ("role", models.CharField(max_length=50)),
                ("made_by", models.CharField(max_length=150)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Failed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("ends", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends", models.DateField()),
                ("used", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-made", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="change",
            name="address",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="proposal",
            name="token",
            field=models.CharField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="seen",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("by", "token"), name="proposed_once"),
        ),
        migrations.AddField(
            model_name="approved",
            name="proposal",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="people.proposal"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="person",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="people.person"),
        ),
        migrations.AddField(
            model_name="token",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="people.person"),
        ),
    ]
