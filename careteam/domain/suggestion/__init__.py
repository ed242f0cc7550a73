"""Who should fill the seats: the best team under a stated measure, with its proof."""

from careteam.domain.suggestion.distances import Network, Table
from careteam.domain.suggestion.optimum import Answer, suggest
from careteam.domain.suggestion.problem import Problem, Team

__all__ = ["Answer", "Network", "Problem", "Table", "Team", "suggest"]
