"""Tables: where they stand in the text, what their columns hold, and what is read from them.

``find`` lays every table over the lines (those the reader knows, and those of plain text), ``flat`` finds tables that
were flattened to one cell per line, ``heads`` reads the head, ``values`` a cell; ``indicators`` makes targets of the
rows of an indicator table, ``tasks`` makes assignments of the rows of a task table. A row is one paragraph of text.
"""
