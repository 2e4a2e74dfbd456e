"""Whoever saved a filter that has no answer is told so by mail once."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("watching", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="saved", name="problem_told", field=models.BooleanField(default=False)),
    ]
