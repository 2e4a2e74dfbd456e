"""Early warning: how likely a dispute between two states is in the next year, trained on the past alone, never without its record.

This room owns: features, models, rolling origins, scores, reasons. It does not own: tables (panels), or estimators (estimation).
Text: docs/explanation/how-warnings-are-made.md.
"""

from comity.early_warning.features import GROUPS, SOURCES, KnownPairs, features_of, known_pairs, known_pairs_of, names_of
from comity.early_warning.happenings import DatedDisputes, dated_disputes
from comity.early_warning.keeping import KeptForecasts
from comity.early_warning.origins import forecast_year, recalibrated
from comity.early_warning.peers import PEERS
from comity.early_warning.pictures import calibration_picture, wilson
from comity.early_warning.records import Aim, Lead, Scored, Tenth, WarningRecord, record_from_plain, record_of, record_to_plain
from comity.early_warning.rules import WarningRules
from comity.early_warning.scores import Bin, Calibration, LossDifference, average_precision, bins, brier, calibration, difference, log_loss
from comity.early_warning.steps import MONTH, STEPS, YEAR, WarningStep
from comity.early_warning.warnings import Forecast, Ground, Warnings, highest, period_asked, train, warning_of, warnings_to_plain

__all__ = [
    "GROUPS",
    "MONTH",
    "PEERS",
    "SOURCES",
    "STEPS",
    "YEAR",
    "Aim",
    "Bin",
    "Calibration",
    "DatedDisputes",
    "LossDifference",
    "Forecast",
    "Ground",
    "KnownPairs",
    "KeptForecasts",
    "Lead",
    "Scored",
    "WarningStep",
    "Tenth",
    "WarningRecord",
    "WarningRules",
    "Warnings",
    "average_precision",
    "bins",
    "brier",
    "calibration",
    "calibration_picture",
    "dated_disputes",
    "difference",
    "features_of",
    "forecast_year",
    "highest",
    "known_pairs",
    "known_pairs_of",
    "log_loss",
    "names_of",
    "period_asked",
    "recalibrated",
    "record_from_plain",
    "record_of",
    "record_to_plain",
    "train",
    "warning_of",
    "warnings_to_plain",
    "wilson",
]
