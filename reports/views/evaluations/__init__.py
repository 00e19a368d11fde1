"""Pages of the evaluation of officers: criteria, cycles, one evaluation and its steps."""
