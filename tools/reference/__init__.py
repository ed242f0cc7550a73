"""Instances with known answers, which the program is held against."""
