"""Tables that people bring, looked at before anything is written."""
