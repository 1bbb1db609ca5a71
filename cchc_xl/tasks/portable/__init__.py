"""`cchc-xl portable`: a folder for Windows that IT unpacks, with Python and everything the buttons need."""
