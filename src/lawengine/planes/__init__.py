"""The bulk reading: facts of many subjects → three-valued verdicts as planes of bits.

`from_facts` makes columns from subjects read one by one; `Columns` may also be filled
straight from arrays. `screen` judges; `indices` turns a plane into row numbers.
"""

from lawengine.planes.bits import indices, tally, unpack
from lawengine.planes.columns import Columns
from lawengine.planes.gathering import from_facts
from lawengine.planes.screening import Planes, Screening, screen

__all__ = ["Columns", "Planes", "Screening", "from_facts", "indices", "screen", "tally", "unpack"]
