"""Who holds which post, who may take each step, and who acts for whom."""
