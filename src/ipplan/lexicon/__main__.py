"""``python -m ipplan.lexicon`` writes the compiled lexicons anew."""

from ipplan.lexicon import build

build()
