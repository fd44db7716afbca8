"""What keeps an installation sound: checks that its data can show, copies of it, restoring them."""
