"""What every app stands on: errors, workflow, jobs, HTTP. No tables of its own."""
