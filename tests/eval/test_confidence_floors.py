"""What a reading says of its own sureness holds on stories that its weights were not fitted on."""

from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: How far the confidence of a tenth may lie from the share that is right, on average; 0.02 when this was written.
LIMIT = 0.05


def test_confidence_is_calibrated_on_stories_kept_out_of_fitting_it() -> None:
    fit, verdicts = import_module("training.confidence.fit"), import_module("training.confidence.verdicts")
    found = list(verdicts.verdicts(ROOT / "data/gold/heldout"))
    assert len(found) > 500
    said = fit.cross_fitted(found)
    assert fit.calibration_error(fit.reliability(said)) <= LIMIT
    sure, unsure = [right for p, right in said if p >= 0.9], [right for p, right in said if p < 0.5]
    assert sum(sure) / len(sure) > 0.9 > 0.6 > sum(unsure) / len(unsure)
