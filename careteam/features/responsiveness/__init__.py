"""How practitioners answer, and one's own ledger with each: read from referrals, never stored."""
