"""The written half of a page, a section a file: tables, lists and strips as markup."""
