"""Where the packaged program starts."""

import sys

from kapjournal.cli import main

sys.exit(main())
