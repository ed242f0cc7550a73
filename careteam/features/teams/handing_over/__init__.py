"""A client's record passes from one lead to another, with the client's agreement."""
