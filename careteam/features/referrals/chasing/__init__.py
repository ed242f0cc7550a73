"""What follows when nobody answers: the plan of each referral, and the worker that keeps it."""
