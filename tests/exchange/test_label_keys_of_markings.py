"""Label keys: what each kind of marking comes to, who the originator is, and that whatever is not known for sure closes the object."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.exchange.label_keys import LabelKey, read_label_key
from comity.exchange.labelling import KEEPERS_OWN, UNMARKED, Labelling, label_keys_of, markings_of
from comity.exchange.markings import ReleaseMarking, extension_objects, fixed_marking, marking_object, tlp_marking, to_nobody
from comity.labels import ConfidentialityLabel, Originator, PolicyName, StixMarking
from comity.terms import NotOnRecord
from tests.labels.making import code, followed, label, rel

GIVER, KEEPER = "XAA", "XBB"
UNKNOWN = "marking-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"
OPEN = LabelKey(originator=GIVER, limited=False)
CLOSED = LabelKey(originator=GIVER)
PUBLISHED = LabelKey(originator="", releasable_to=("XCC", "XDD"))


def public(*categories: Any) -> ConfidentialityLabel:
    return label("UNMARKED", *categories, policy=PolicyName("PUBLIC"))


def marked(*refs: str, **more: Any) -> dict[str, Any]:
    bare = {"type": "indicator", "id": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"}
    return bare | ({"object_marking_refs": list(refs)} if refs else {}) | more


def keys(data: dict[str, Any], *definitions: dict[str, Any], giver: str = GIVER, **more: Any) -> frozenset[LabelKey]:
    return label_keys_of(data, {d["id"]: d for d in definitions}.get, giver=giver, keeper=KEEPER, **more)


def key(data: dict[str, Any], *definitions: dict[str, Any], **more: Any) -> LabelKey:
    (found,) = keys(data, *definitions, **more)
    return found


def of(carried: ConfidentialityLabel, **more: Any) -> LabelKey:
    definition = marking_object(ReleaseMarking(label=carried))
    return key(marked(definition["id"]), definition, **more)


@pytest.mark.parametrize("fixed", StixMarking.fixed(), ids=lambda marking: f"{marking.says} {marking.label.policy}")
def test_a_fixed_tlp_marking_needs_no_definition_at_hand(fixed: StixMarking) -> None:
    is_open = fixed.says in ("TLP:WHITE", "TLP:CLEAR")
    assert key(marked(fixed.id)) == key(marked(fixed.id), fixed.raw) == (OPEN if is_open else CLOSED)


@pytest.mark.parametrize("fixed", StixMarking.fixed(), ids=lambda marking: f"{marking.says} {marking.label.policy}")
def test_a_fixed_id_with_another_value_closes(fixed: StixMarking) -> None:
    other = {**fixed.raw, "definition": {"tlp": "none"}}
    assert "one of the two is wrong" in key(marked(fixed.id), other).closed
    assert "one of the two is wrong" in key(other).closed, "and is itself for nobody"


@pytest.mark.parametrize("raw", [
    {"definition_type": "tlp", "definition": {"tlp": "clear"}},
    {"extensions": {"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {"extension_type": "property-extension", "tlp_2_0": "clear"}}},
])  # fmt: skip
def test_tlp_under_another_id_closes(raw: dict[str, Any]) -> None:
    wrong = {"type": "marking-definition", "id": UNKNOWN} | raw
    assert "TLP has only its own fixed objects" in key(marked(UNKNOWN), wrong).closed


def test_a_fixed_id_that_stands_for_something_else_closes() -> None:
    amber = tlp_marking("amber") or ""
    found = label_keys_of(marked(amber), lambda _: to_nobody(), giver=GIVER, keeper=KEEPER)
    assert "no marking of that id" in next(iter(found)).closed
    found = label_keys_of(marked(amber), lambda own: {"type": "tool", "id": own}, giver=GIVER, keeper=KEEPER)
    assert "stands for a 'tool'" in next(iter(found)).closed


def test_tlp_that_limits_goes_to_whom_the_keeper_names_and_to_nobody_of_what_a_partner_gave() -> None:
    amber = tlp_marking("amber") or ""
    assert keys(marked(amber), giver=KEEPER, by_publisher=PUBLISHED) == {LabelKey(originator=KEEPER, releasable_to=("XCC", "XDD"))}
    assert keys(marked(amber), giver=KEEPER) == {LabelKey(originator=KEEPER)}
    assert CLOSED in keys(marked(amber), by_publisher=PUBLISHED)
    assert keys(marked(amber), default=OPEN) == {CLOSED}


def test_tlp_clear_and_a_publisher_who_limits() -> None:
    clear = tlp_marking("clear") or ""
    assert keys(marked(clear), giver=KEEPER, by_publisher=PUBLISHED) == {
        LabelKey(originator=KEEPER, limited=False), LabelKey(originator=KEEPER, releasable_to=("XCC", "XDD")),
    }  # fmt: skip


def test_a_marking_that_is_not_known_closes() -> None:
    assert key(marked(UNKNOWN), default=OPEN) == LabelKey(originator=GIVER, closed=f"{UNKNOWN} is not known here")


def test_a_statement_of_somebody_else_closes_with_its_words() -> None:
    theirs = {"type": "marking-definition", "id": UNKNOWN, "definition_type": "statement", "definition": {"statement": "Copyright " + "x" * 500}}
    closed = key(marked(UNKNOWN), theirs).closed
    assert closed.startswith(f"{UNKNOWN}, Copyright")
    assert len(closed) == 240
    assert keys(theirs, default=OPEN) == {OPEN}, "the statement itself has no marking"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"object_marking_refs": UNKNOWN}, "not lists"),
        ({"object_marking_refs": None}, "not lists"),
        ({"object_marking_refs": [3]}, "its marking 3 is no id"),
        ({"granular_markings": {}}, "not lists"),
        ({"granular_markings": [UNKNOWN]}, "not lists"),
        ({"granular_markings": [{"selectors": ["name"]}]}, "refers to no marking"),
        ({"granular_markings": [{"marking_ref": "red"}]}, "is no id"),
    ],
)
def test_markings_that_are_not_written_as_they_are_to_be_close(more: dict[str, Any], says: str) -> None:
    assert says in key(marked(**more), default=OPEN, by_publisher=None).closed


def test_a_part_is_marked_as_the_whole_is() -> None:
    parts = [{"marking_ref": tlp_marking("red"), "selectors": ["name"]}, {"lang": "fr", "selectors": ["name"]}]
    assert keys(marked(tlp_marking("clear") or "", granular_markings=parts)) == {OPEN, CLOSED}
    assert markings_of(marked(granular_markings=parts)) == (tlp_marking("red"),)


def test_a_label_of_a_policy_is_asked_as_it_stands() -> None:
    marks = (rel("XDD", "XCC"), code("ALPHA"), code("NO COPY", tag="Caveats"))
    carried = label("SECRET", *marks, originator=Originator("comity:party:XCC", "uniformResourceIdentifier"))
    expected = LabelKey(
        originator="XCC", policy="EXAMPLE", level="SECRET", categories=("ALPHA",), caveats=("NO COPY",), releasable_to=("XCC", "XDD"),
    )  # fmt: skip
    assert of(carried) == expected
    assert read_label_key(expected.to_text()) == expected


def test_without_addressees_only_the_originator_is_one_unless_it_is_public() -> None:
    assert of(label("SECRET")) == LabelKey(originator=GIVER, policy="EXAMPLE", level="SECRET")
    assert of(public()) == OPEN
    assert of(public(rel())) == CLOSED
    assert of(public(rel("XCC"))) == LabelKey(originator=GIVER, releasable_to=("XCC",))
    assert of(public(code("ALPHA"))).limited
    assert of(public(code("NO COPY", tag="Caveats"))).limited


def test_to_nobody_is_for_nobody() -> None:
    nobody = to_nobody()
    assert keys(marked(nobody["id"]), nobody, giver=KEEPER, by_publisher=PUBLISHED) == {
        LabelKey(originator=KEEPER), LabelKey(originator=KEEPER, releasable_to=("XCC", "XDD")),
    }  # fmt: skip


def test_tlp_with_addressees_in_the_label_goes_to_them() -> None:
    assert of(label("RED", rel("XCC"), policy=PolicyName("TLP 2.0"))) == LabelKey(originator=GIVER, releasable_to=("XCC",))
    assert of(label("CLEAR", policy=PolicyName("TLP 2.0"))) == OPEN
    assert of(label("CLEAR", code("ALPHA"), policy=PolicyName("TLP 2.0"))).limited


def test_a_partner_cannot_give_what_is_the_keepers_own() -> None:
    own = label("SECRET", rel("XCC"), originator=Originator(KEEPER, "userPrincipalName"))
    assert of(own) == LabelKey(originator=GIVER, closed=KEEPERS_OWN)
    assert of(own, held_already=True).originator == KEEPER
    assert of(own, giver=KEEPER).originator == KEEPER


def test_the_keeper_by_another_name_is_the_keeper() -> None:
    own = label("SECRET", rel("Land of C", "Atlantis"), originator=Originator("Land of B", "userPrincipalName"))

    def party(name: str) -> str:
        if name not in ("Land of B", "Land of C"):
            raise NotOnRecord(name)
        return {"Land of B": KEEPER, "Land of C": "XCC"}[name]

    assert of(own, party=party).closed == KEEPERS_OWN
    assert of(own, party=party, giver=KEEPER).releasable_to == ("Atlantis", "XCC")


def test_an_unmarked_object_has_the_publishers_label_else_the_default_else_nobody() -> None:
    assert keys(marked(), by_publisher=PUBLISHED, default=OPEN) == {LabelKey(originator=GIVER, releasable_to=("XCC", "XDD"))}
    assert keys(marked(), default=OPEN) == {OPEN}
    assert keys(marked()) == {LabelKey(originator=GIVER, closed=UNMARKED)}
    assert keys(marked(object_marking_refs=[])) == {LabelKey(originator=GIVER, closed=UNMARKED)}


def test_a_default_does_not_make_a_partners_object_the_keepers() -> None:
    assert key(marked(), default=LabelKey(originator=KEEPER, limited=False)) == OPEN
    assert key(marked(), default=LabelKey(originator="XCC", limited=False)).originator == "XCC"


def test_a_marking_definition_bears_the_label_that_it_is() -> None:
    definition = marking_object(ReleaseMarking(label=label("SECRET", rel("XCC"))))
    assert key(definition, default=OPEN) == LabelKey(originator=GIVER, policy="EXAMPLE", level="SECRET", releasable_to=("XCC",))
    red = fixed_marking(tlp_marking("red") or "")
    assert red is not None
    assert keys(red.raw) == {OPEN}
    assert all(keys(one) == {OPEN} for one in extension_objects())


def test_a_label_that_is_followed_goes_where_both_may_go() -> None:
    carried = label("SECRET", rel("XCC"), succession=followed("2030-01-01T00:00:00Z", label("UNCLASSIFIED", rel("XCC"), review=None)))
    definition = marking_object(ReleaseMarking(label=carried))
    assert {k.level for k in keys(marked(definition["id"]), definition)} == {"SECRET", "UNCLASSIFIED"}
    assert {k.level for k in keys(marked(definition["id"]), definition, on=date(2029, 12, 31))} == {"SECRET", "UNCLASSIFIED"}
    assert {k.level for k in keys(marked(definition["id"]), definition, on=date(2030, 1, 1))} == {"UNCLASSIFIED"}


def test_a_label_that_cannot_be_read_closes() -> None:
    definition = marking_object(ReleaseMarking(label=label("SECRET")))
    definition["extensions"][StixMarking.extension]["label"] = {"classification": "SECRET"}
    assert "the key policy is missing" in key(marked(definition["id"]), definition).closed


def test_a_marking_is_resolved_once_for_a_delivery() -> None:
    asked: list[str] = []
    labelling = Labelling(asked.append, giver=GIVER, keeper=KEEPER)
    assert labelling.keys_of(marked(UNKNOWN)) == labelling.keys_of(marked(UNKNOWN))
    assert asked == [UNKNOWN]


WORD = st.text(max_size=3)
ANY: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | WORD | st.lists(WORD, max_size=2) | st.dictionaries(WORD, WORD, max_size=2)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_marking_closes_or_stays_what_it_was(data: st.DataObject) -> None:
    definition = marking_object(ReleaseMarking(label=label("SECRET", rel("XCC"), code("ALPHA"))))
    own = definition["id"]
    before = key(marked(own), definition)
    table = definition
    while isinstance(table, dict) and table:
        name = data.draw(st.sampled_from(sorted(table)))
        if not isinstance(table[name], dict) or data.draw(st.booleans()):
            table[name] = data.draw(ANY)
            break
        table = table[name]
    found = label_keys_of(marked(own), {own: definition}.get, giver=GIVER, keeper=KEEPER)
    assert all(k.closed or k == before for k in found)
    label_keys_of(definition, {own: definition}.get, giver=GIVER, keeper=KEEPER)
