"""Speed: one paid order in six calls over HTTP, beside the same outcome in plain SQL."""
