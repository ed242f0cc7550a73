"""The questions that a member asks of the network, each with the figures it rests on.

What concerns one's own ties is told in full; everything about ties of others comes from what one
may see of them (`graph.Sight`), so that no answer rests on a hidden tie.
"""
