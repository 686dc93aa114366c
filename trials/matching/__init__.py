"""Trial matching in plain Python: facts of a case, criterion trees, three-valued verdicts, reasons."""
