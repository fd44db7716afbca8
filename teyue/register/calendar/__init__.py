"""日历 Calendar: which days are worked, and which hours are quiet."""
