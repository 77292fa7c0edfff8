// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// A FLINT integer matrix, row by row in one piece of memory; built once, then only read.
///
/// Unchecked: nothing writes to it after the builder closure of `init` returns.
final class IntegerMatrix: @unchecked Sendable {
  let rows: Int
  let columns: Int
  private let matrix: fmpz_mat_struct

  /// A zero matrix, filled by `build`.
  init(rows: Int, columns: Int, build: (UnsafeMutablePointer<fmpz_mat_struct>) -> Void) {
    (self.rows, self.columns) = (rows, columns)
    var matrix = fmpz_mat_struct()
    fmpz_mat_init(&matrix, rows, columns)
    build(&matrix)
    self.matrix = matrix
  }

  deinit {
    var matrix = matrix
    fmpz_mat_clear(&matrix)
  }

  /// Gives `body` the FLINT matrix for reading; it must not keep the pointer.
  func withFLINT<Result>(_ body: (UnsafePointer<fmpz_mat_struct>) -> Result) -> Result {
    defer { _fixLifetime(self) }
    var matrix = matrix
    return body(&matrix)
  }
}

/// The entry in row `i` and column `j`; written to only in the builder of ``IntegerMatrix/init(rows:columns:build:)``.
func entry(_ matrix: UnsafePointer<fmpz_mat_struct>, _ i: Int, _ j: Int) -> UnsafeMutablePointer<fmpz> {
  fmpz_mat_entry(matrix, i, j)
}
