"""Somebody acts in the lead's place while the lead is away."""
