"""``python -m ipplan`` is the ``ipplan`` command."""

from ipplan.cli import main

main()
