"""Of whose side a proposal is, and a demand for approval; of what a proposal speaks, apart from what it holds."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def fill_in(apps: Any, schema: Any) -> None:
    """What is there already is of the side of whoever proposed it, and speaks of what it held so far."""
    demands = {one.pk: one.agreements for one in apps.get_model("people", "Demand").objects.all()}
    for one in apps.get_model("people", "Proposal").objects.select_related("by"):
        held = one.payload
        blank = [""] if any(not row.get("agreement") for row in held.get("rows", ())) else []
        changed = (held.get("add") or {}).get("agreements", []) + demands.get(held.get("remove"), [])
        blank += [""] if one.kind == "demand" and not changed else []
        named = {*held.get("agreements", ()), *blank, *changed, *([one.agreement] if one.agreement else ())}
        names = {"agreements": sorted(named), "labels": held.get("labels", [])}
        type(one).objects.filter(pk=one.pk).update(party=one.by.party, names=names)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_safer"),
    ]

    operations = [
        migrations.AddField(
            model_name="demand",
            name="party",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="proposal",
            name="party",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="proposal",
            name="names",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="proposal",
            name="agreement",
        ),
    ]
