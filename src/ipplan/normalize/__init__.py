"""Pure text → value. A normaliser reads all of its token or raises its own ``ValueError``; it never guesses."""
