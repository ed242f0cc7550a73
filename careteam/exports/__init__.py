"""Features to bytes: what people take away as files."""
