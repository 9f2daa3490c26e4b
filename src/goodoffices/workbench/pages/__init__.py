"""The pages: each module holds the routes of one entry of the menu."""
