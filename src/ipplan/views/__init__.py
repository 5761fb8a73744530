"""What a plan says, as rows a person wants to see: targets, agencies, time. Pure: rows in, rows or text out, no printing."""
