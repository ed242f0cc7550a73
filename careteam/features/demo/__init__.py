"""The worked example: a made-up community, its past, and four clients in three stories."""
