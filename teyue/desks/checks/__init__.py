"""What must hold across the papers of all stages, asked of the data (domain model 4)."""
