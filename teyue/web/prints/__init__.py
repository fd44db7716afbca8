"""Paper: every controlled form as a PDF, from plain values. Knows no model and no stage."""
