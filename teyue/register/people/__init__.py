"""人员与岗位 Staff, posts with dates that grant powers, leave, duty, accounts and tokens."""
