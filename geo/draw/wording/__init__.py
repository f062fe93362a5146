"""What is said, in three languages: phrases by key, and sentences made from data."""
