"""The trade as pure functions: frozen values in, frozen values out; no clock, no rows."""
