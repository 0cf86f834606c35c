"""Qt item models over the application's rows, and how their rows are painted."""
