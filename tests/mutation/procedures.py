"""The rooms of procedures: each module, and what tells whether it agrees with the slow reading. A module that is listed has no other check."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.allocations import comparing as allocations
from tests.decisions import drawn as decisions
from tests.decisions import lives_drawn, replays_drawn, silences_drawn
from tests.decisions import powers_cut_short as powers
from tests.dialogue.dialogue_drawn import dialogue_agrees
from tests.disputes import comparing as disputes
from tests.domestic.domestic_drawn import domestic_agrees
from tests.early_warning.scores_drawn import scores_agree
from tests.effects import effects_drawn
from tests.estimation.events_drawn import events_agree
from tests.estimation.samples_drawn import agree as estimates_agree
from tests.estimation.samples_drawn import agrees as estimator_agrees
from tests.estimation.samples_drawn import intervals_agree
from tests.exercises import comparing as programmes
from tests.exercises import comparing_designs as designs
from tests.exercises import comparing_training as interoperability
from tests.exercises import events_drawn, lessons_drawn, training_drawn
from tests.indicators.indicators_drawn import indicators_agree
from tests.mediators.mediators_drawn import mediators_agree
from tests.mediators.tables_drawn import tables_agree
from tests.missions import comparing as missions
from tests.missions import comparing_acts as acts_of_missions
from tests.responses import comparing as responses
from tests.stability import stability_drawn
from tests.strategies import comparing as strategies
from tests.trust.trust_drawn import trust_agrees

Check = Callable[[], bool]

PROCEDURES: dict[str, dict[str, Check]] = {
    "programmes": dict.fromkeys(("programmes/checking", "programmes/costing"), programmes.checker_agrees),
    "allocations": dict.fromkeys(("allocations/checking", "allocations/valuing", "allocations/problems"), allocations.checker_agrees),
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
            *("interoperability/standards", "interoperability/tellings", "training/trainings_held", "procedures/persons"),
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
        "disputes/first_days": disputes.first_days_agree,
    },
    "mediators": {
        **dict.fromkeys(tuple(f"mediators/{module}" for module in ("ties", "bars", "merits", "ranking")), mediators_agree),
        **dict.fromkeys(("mediators/placing", "mediators/persons"), tables_agree),
    },
    "effects": {
        "effects/laying_out": effects_drawn.rows_agree,
        "effects/specifications": effects_drawn.grids_agree,
        **dict.fromkeys(tuple(f"effects/{module}" for module in ("reading", "judging", "concluding")), effects_drawn.readings_agree),
    },
    "events of estimation": dict.fromkeys(
        tuple(f"estimation/{module}" for module in ("absorbing", "adoptions", "event_studies", "imputing", "linear", "trends", "two_way_studies")),
        events_agree,
    ),
    "estimators": {
        "estimation/pooled": partial(estimator_agrees, "logit"),
        "estimation/conditional": partial(estimator_agrees, "conditional logit"),
        "estimation/subsets": partial(estimator_agrees, "conditional logit"),
        "estimation/marginal": partial(estimator_agrees, "gee"),
        **dict.fromkeys(("estimation/climbing", "estimation/obstacles", "estimation/variances", "estimation/samples"), estimates_agree),
        "estimation/intervals": intervals_agree,
    },
    "indicators": dict.fromkeys(
        tuple(
            f"indicators/{module}"
            for module in ("burdens", "commitments", "counting", "information", "kept_duties", "procedures_ended", "training_together", "reading")
        ),
        indicators_agree,
    ),
    "trust": dict.fromkeys(tuple(f"trust/{module}" for module in ("forecasting", "intervals", "observing", "scoring", "tallies")), trust_agrees),
    "strategies": {
        **dict.fromkeys(
            tuple(f"strategies/checking_{module}" for module in ("chain", "itself", "measures", "reviews")),
            strategies.rules_agree,
        ),
        **dict.fromkeys(("strategies/checking", "strategies/looking", "strategies/remarking"), strategies.rules_agree),
        "strategies/progress": strategies.progress_agrees,
        "strategies/versions": strategies.versions_agree,
    },
    "stability": dict.fromkeys(
        tuple(f"stability/{module}" for module in ("windows", "counting", "rates", "lasting", "measuring")), stability_drawn.stability_agrees
    ),
    "scores of forecasts": {"early_warning/scores": scores_agree},
    "pools of missions": {"missions/pools/balancing": missions.pools_agree},
}
CHECK_OF = {module: check for room in PROCEDURES.values() for module, check in room.items()}
