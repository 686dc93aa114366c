"""How gene.csv, drug.csv and country.csv come about: our lists, completed from reference files.

``*_list.csv`` hold what people decide: which genes, drugs and countries, and our own columns. Identifiers, old symbols,
aliases and brand names are looked up in a folder of reference files that an editor provides; none is typed.
"""
