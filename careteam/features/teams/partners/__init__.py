"""Two clients of one lead, such as a couple, whose plans may share single steps."""
