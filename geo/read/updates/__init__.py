"""Tables brought up to date by rows of a sheet: what each row means for them, and their text spliced."""
