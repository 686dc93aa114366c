"""Trial matching in plain Python: facts of a case, criterion trees, three-valued verdicts, reasons.

``ENGINE`` names the rules in force; it changes whenever the same case and tree could give another result.
"""

ENGINE = "3"
