"""Figures of the whole network: worked out beside the pages, kept until the network changes."""
