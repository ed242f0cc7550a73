"""What `make bench` is made of: a community of a given size, a server, and a watch."""
