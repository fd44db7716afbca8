"""The endpoints of service: work in the home, its record, the owner's word, changes."""
