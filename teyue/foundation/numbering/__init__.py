"""Numbers without a gap: receipts and the numbered forms, nothing else."""
