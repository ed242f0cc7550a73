"""How a network is tended: what counts as a contact, and what is due with whom.

Nothing here is known to `matching` and `suggestion`: who is tended never says who fits a client.
"""
