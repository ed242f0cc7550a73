"""The three stories of the worked example, played forward through the rooms' own operations."""
