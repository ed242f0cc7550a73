"""The worked example: a made-up community, its past, and three clients whose stories it tells."""
