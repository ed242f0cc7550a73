"""How somebody answers: chances with an interval, waits that still go on counted as such."""

from careteam.domain.responsiveness.counting import Moment
from careteam.domain.responsiveness.measuring import (
    HOURS,
    Counted,
    Figures,
    Priors,
    Rates,
    count,
    learn_priors,
    measure,
    median_days,
    median_hours,
)
from careteam.domain.responsiveness.shrinkage import ALL, fit_prior, fit_priors, posterior
from careteam.domain.responsiveness.values import (
    LEVEL,
    SMALLEST_SHOWN,
    TIME_TO_FINISH_DAYS,
    WITHIN_DAYS,
    Calls,
    Cases,
    Prior,
    Rate,
    Referrals,
    Responsiveness,
)
from careteam.domain.responsiveness.waits import median_waits
from careteam.domain.responsiveness.working import working_days_between

__all__ = [
    "ALL",
    "HOURS",
    "LEVEL",
    "SMALLEST_SHOWN",
    "TIME_TO_FINISH_DAYS",
    "WITHIN_DAYS",
    "Calls",
    "Cases",
    "Counted",
    "Figures",
    "Moment",
    "Prior",
    "Priors",
    "Rate",
    "Rates",
    "Referrals",
    "Responsiveness",
    "count",
    "fit_prior",
    "fit_priors",
    "learn_priors",
    "measure",
    "median_days",
    "median_hours",
    "median_waits",
    "posterior",
    "working_days_between",
]
