// SPDX-License-Identifier: MIT

// Random bits, runs and the interval of a share were part of this module; its users still get them with it.
@_exported import SeededRuns
@_exported import Statistics
