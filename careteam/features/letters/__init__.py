"""What a letter is composed of, the letter as a sheet, and the files that go with it."""
