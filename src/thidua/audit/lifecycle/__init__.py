"""The pure part of the trail: what an event is to the byte, the tree over all, the signed note."""
