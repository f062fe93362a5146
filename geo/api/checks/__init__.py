"""What a user asks is checked: values of a program, choices of a table, and what its maps can show."""
