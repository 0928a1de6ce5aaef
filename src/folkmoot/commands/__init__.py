"""What can be done? One frozen value for each deed; `perform` is the only way to do it."""
