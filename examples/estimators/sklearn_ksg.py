"""scikit-learn's KSG estimator, of one column against one: python3 sklearn_ksg.py FILE DIMX DIMY."""
import sys

import numpy as np
from sklearn.feature_selection import mutual_info_regression

file, dim_x, dim_y = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if (dim_x, dim_y) != (1, 1):
    sys.exit("only one column against one")
data = np.loadtxt(file, delimiter=",", skiprows=1)
print(mutual_info_regression(data[:, :1], data[:, 1], n_neighbors=3)[0])
