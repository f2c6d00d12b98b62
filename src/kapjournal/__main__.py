"""`python -m kapjournal`."""

import sys

from kapjournal.cli import main

if __name__ == "__main__":
    sys.exit(main())
