"""From a protocol's sentences to one criterion document per cohort and back, without a database."""
