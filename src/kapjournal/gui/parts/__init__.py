"""The roster of a client’s parts."""
