"""What things are: ids, facts, refusals, limits, ranks. Standard library only, no clock, no input or output."""
