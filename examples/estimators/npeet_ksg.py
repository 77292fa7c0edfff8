"""KSG-1 as NPEET computes it, with SciPy's tree: python3 npeet_ksg.py FILE DIMX DIMY."""
import sys

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import digamma

data = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
data += 1e-10 * np.random.default_rng(0).random(data.shape)  # breaks ties
x, y = np.split(data, [int(sys.argv[2])], axis=1)
radius = cKDTree(data).query(data, 4, p=np.inf)[0][:, 3]  # of the third neighbour; the first is the row itself
inside = [cKDTree(side).query_ball_point(side, radius - 1e-15, p=np.inf, return_length=True) for side in (x, y)]
print(digamma(3) + digamma(len(data)) - np.mean(digamma(inside)) * 2)
