"""The rooms of procedures: each module, and what tells whether it agrees with the slow reading. A module that is listed has no other check."""

from __future__ import annotations

from collections.abc import Callable

from tests.decisions import drawn as decisions
from tests.decisions import lives_drawn, replays_drawn, silences_drawn
from tests.decisions import powers_cut_short as powers
from tests.dialogue.dialogue_drawn import dialogue_agrees
from tests.disputes import comparing as disputes
from tests.domestic.domestic_drawn import domestic_agrees
from tests.early_warning.scores_drawn import scores_agree
from tests.exercises import comparing as programmes
from tests.exercises import comparing_designs as designs
from tests.exercises import comparing_training as interoperability
from tests.exercises import events_drawn, lessons_drawn, training_drawn
from tests.mediators.mediators_drawn import mediators_agree
from tests.mediators.tables_drawn import tables_agree
from tests.missions import comparing as missions
from tests.missions import comparing_acts as acts_of_missions
from tests.responses import comparing as responses

Check = Callable[[], bool]

PROCEDURES: dict[str, dict[str, Check]] = {
    "programmes": dict.fromkeys(("programmes/checking", "programmes/costing"), programmes.checker_agrees),
    "designs": {
        "exercises/checking": designs.checker_agrees,
        "exercises/lives": designs.lives_agree,
        "exercises/constraints": designs.limits_agree,
    },
    "events lists": {"main_events/checking": events_drawn.checker_agrees},
    "lessons": dict.fromkeys(("lessons/boards", "lessons/following", "procedures/completeness", "procedures/keeping"), lessons_drawn.lessons_agree),
    "dialogue": dict.fromkeys(("dialogue/acts", "dialogue/meetings", "dialogue/actions", "dialogue/silences"), dialogue_agrees),
    "domestic": dict.fromkeys(("domestic/clocks", "domestic/courses", "domestic/statuses", "domestic/reports"), domestic_agrees),
    "training": dict.fromkeys(
        tuple(f"training/{module}" for module in ("acts", "courses", "posts", "visits", "matching", "recency")),
        training_drawn.training_agrees,
    ),
    "interoperability": dict.fromkeys(
        (
            *(f"interoperability/{module}" for module in ("completeness", "courses_and_posts", "exercises_held", "gaps", "maps", "persons")),
            *("interoperability/standards", "interoperability/tellings", "training/trainings_held"),
        ),
        interoperability.agree,
    ),
    "forces of missions": dict.fromkeys(
        tuple(f"missions/forces/{module}" for module in ("checking", "costing", "obstacles", "states")), missions.forces_agree
    ),
    "responses": dict.fromkeys(
        tuple(f"responses/{module}" for module in ("conditions", "deciding", "conflicts", "lines", "persons", "invocations")),
        responses.responses_agree,
    ),
    "missions from acts": {
        "missions/counting": acts_of_missions.acts_agree,
        **dict.fromkeys(
            tuple(f"missions/forces/{module}" for module in ("answering", "folding", "lasting", "mandating", "pledging")),
            acts_of_missions.missions_agree,
        ),
        "missions/pools/folding": acts_of_missions.pools_on_record_agree,
    },
    "decisions": {
        "votes/counting": decisions.count_agrees,
        **dict.fromkeys(tuple(f"votes/{module}" for module in ("electorates", "losses", "results", "rules", "spans")), decisions.decisions_agree),
    },
    "replays of votes": dict.fromkeys(("votes/replays", "votes/sharing"), replays_drawn.replays_agree),
    "power of votes": dict.fromkeys(
        tuple(f"power/{one}" for one in ("chances", "coalitions", "games", "halves", "indices", "lined", "searching", "sums", "winners")),
        powers.powers_agree,
    ),
    "lives of decisions": {
        **dict.fromkeys(
            tuple(f"decisions/{module}" for module in ("answering", "instants", "lives", "oddities", "phases", "readings", "resolving")),
            lives_drawn.lives_agree,
        ),
        "decisions/silences": silences_drawn.silences_agree,
    },
    "disputes": {
        **dict.fromkeys(
            tuple(f"disputes/{module}" for module in ("concerning", "following", "ripening", "grounds", "cases", "incidents")),
            disputes.disputes_agree,
        ),
        "disputes/moves": disputes.moves_agree,
    },
    "mediators": {
        **dict.fromkeys(tuple(f"evaluation/mediators/{module}" for module in ("ties", "bars", "merits", "ranking")), mediators_agree),
        **dict.fromkeys(("evaluation/mediators/placing", "evaluation/mediators/persons"), tables_agree),
    },
    "scores of forecasts": {"early_warning/scores": scores_agree},
    "pools of missions": {"missions/pools/balancing": missions.pools_agree},
}
CHECK_OF = {module: check for room in PROCEDURES.values() for module, check in room.items()}
