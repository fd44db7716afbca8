"""Who works here: list, file of a person, certificates, leave, duty."""
