"""What revenue would have been without the incident, from the claimant's own months before it.

Several models (regression, the same month of last year, level, difference with an unaffected series) each forecast the
claimant's own past; what they forecast of the loss weighs as that was good, and the interval is as wide as their errors
show. The comparison with the situation without the event is the method of the Paris court of appeal's sheet 3 (and 6
for the margin). The sum over the loss period is simulated jointly: monthly bounds are never added.
"""

from vismajor.damages.counterfactual.course import Counterfactual, ModelFit, counterfactual
from vismajor.damages.counterfactual.growth import difference_in_differences, mean_growth
from vismajor.damages.counterfactual.history import Statement
from vismajor.damages.counterfactual.placebo import Placebo
from vismajor.damages.counterfactual.second_opinion import SecondOpinion, second_opinion

__all__ = [
    "Counterfactual", "ModelFit", "Placebo", "SecondOpinion", "Statement", "counterfactual",
    "difference_in_differences", "mean_growth", "second_opinion",
]
