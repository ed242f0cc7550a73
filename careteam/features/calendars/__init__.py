"""What people take into the calendar of their own: dates as a feed behind a secret address."""
