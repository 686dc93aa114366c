"""Read cases from files. Every importer goes through the services of drafting."""
