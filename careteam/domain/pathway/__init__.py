"""Pathways as values, and the rules over screening answers that change a team."""
