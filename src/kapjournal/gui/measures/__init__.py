"""The measures of a client: which there are, the latest totals, filling one in, and how they went over the course."""
