// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// One step of fraction-free elimination (Bareiss 1968) on `size`² whole numbers, row by row: row and column `step` are
/// eliminated from those after them.
///
/// Every entry stays a minor of the matrix, so that the division by the last pivot is exact.
///
/// - Parameter isSymmetric: only the upper triangle is read and written.
/// - Precondition: the pivot, the entry (`step`, `step`), is not 0, nor was one before.
/// - Complexity: (size − step)² operations on integers, half of them where it is symmetric.
package func eliminate(
  _ entries: UnsafeMutablePointer<fmpz>, size: Int, step: Int, isSymmetric: Bool = false
) {
  let pivots = entries + step * size
  let previous = step == 0 ? nil : entries + (step - 1) * (size + 1)
  for i in (step + 1)..<max(size, step + 1) {
    let factor = isSymmetric ? pivots + i : entries + (i * size + step)
    for j in (isSymmetric ? i : step + 1)..<size {
      let target = entries + (i * size + j)
      fmpz_mul(target, target, pivots + step)
      fmpz_submul(target, factor, pivots + j)
      if let previous { fmpz_divexact(target, target, previous) }
    }
  }
}
