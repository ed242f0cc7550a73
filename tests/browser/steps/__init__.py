"""What people do on the screens, in their own words: labels and names of buttons, as read."""
