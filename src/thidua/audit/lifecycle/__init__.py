"""Events, the tree over them, and signed notes: pure, to the byte."""
