"""Sets up a fresh machine, starts the servers, and runs the demo or the checks.

Standard library only: it runs before anything is installed. ``bin/demo`` and ``bin/test`` call it as
``python3 bin/launcher demo|test``.
"""
