// SPDX-License-Identifier: GPL-3.0-or-later
extension PairedSample {
  /// The sample as CSV: a header line, then a row a line, the columns of x first, then those of y.
  ///
  /// Every number is written with as many digits as identify it, so reading it back gives the same `Double`.
  public var csv: String {
    var text =
      ((0..<xDimension).map { "x\($0 + 1)" } + (0..<yDimension).map { "y\($0 + 1)" }).joined(separator: ",") + "\n"
    for row in 0..<count {
      for column in 0..<xDimension { text += (column == 0 ? "" : ",") + x[row * xDimension + column].description }
      for column in 0..<yDimension { text += "," + y[row * yDimension + column].description }
      text += "\n"
    }
    return text
  }
}
