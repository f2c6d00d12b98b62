"""How the tables came to be, one frozen step after another; none of them imports today's tables."""
