"""The technician's telephone: jobs, the way to the home, the record, the owner's word (4.3.1)."""
