"""What was proposed and demanded before these had sides: it is of the side of whoever proposed it, and a demand of the record's keeper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comity.web.people.models import Demand, Proposal
from tests.web.people.conftest import accounts_on

BEFORE = [("people", "0002_safer")]
LABEL = {"policy": "LEA", "classification": "LEAGUE DEEP", "originator": "LEA", "categories": [], "releasable_to": [], "caveats": []}
RECORDS = {"rows": [{"agreement": "league"}, {"agreement": ""}], "documents": [], "agreements": ["league"], "labels": [LABEL]}


def migrated(targets: Any) -> Any:
    """The tables as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def test_what_was_there_before_has_a_side(tmp_path: Path) -> None:
    with accounts_on(f"sqlite:///{tmp_path / 'people.db'}"):
        then = migrated([*BEFORE, ("auth", "0012_alter_user_first_name_max_length")])
        made = {"role": "legal adviser", "needed": 1}
        user = then.get_model("auth", "User").objects.create(username="bert")
        by = then.get_model("people", "Person").objects.create(user=user, party="BET", made_by="keeper")
        gone = then.get_model("people", "Demand").objects.create(about="acts", agreements=["pledge"], made_by="root", **made)
        for payload, agreement in (
            (RECORDS, "league"),
            ({"add": None, "remove": gone.pk}, ""),
            ({"add": {"agreements": ["ab"]}, "remove": None}, ""),
        ):
            then.get_model("people", "Proposal").objects.create(kind="k", title="t", payload=payload, agreement=agreement, by=by, **made)
        migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())
        found = Proposal.objects.order_by("pk")
        assert {one.party for one in found} == {"BET"}
        assert [one.names["agreements"] for one in found] == [["", "league"], ["pledge"], ["ab"]]
        assert [one.names["labels"] for one in found] == [[LABEL], [], []]
        assert Demand.objects.get().party == ""
