"""The local web page on which a case is read, edited, tried out and explained."""
