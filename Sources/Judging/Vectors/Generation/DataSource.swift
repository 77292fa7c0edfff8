// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// Random data in multiples of 1/64, bell-shaped: sums of four uniform whole numbers.
struct DataSource {
  private var random: RandomSource

  init(_ index: Int) { random = RandomSource(seed: 1510_2004, index: UInt64(index)) }

  /// One number near a normal one of standard deviation 1.
  @inline(never) mutating func normal() -> Rational {
    Rational((0..<4).reduce(0) { sum, _ in sum + random.integer(in: -55...55) }, 64)
  }

  /// A whole number.
  mutating func integer(_ range: ClosedRange<Int>) -> Rational { Rational(random.integer(in: range)) }

  /// Rows of independent numbers.
  mutating func rows(_ n: Int, _ columns: Int) -> RationalMatrix { rows(n, columns) { $0.normal() } }

  /// Rows of numbers that `draw` gives.
  @inline(never) mutating func rows(_ n: Int, _ columns: Int, _ draw: (inout DataSource) -> Rational) -> RationalMatrix
  {
    var values: [Rational] = []
    for _ in 0..<n * columns { values.append(draw(&self)) }
    return RationalMatrix(rows: n, columns: columns) { values[$0 * columns + $1] }
  }

  /// x, and y = x·`weights` + noise·`spread`.
  @inline(never) mutating func pair(_ n: Int, _ p1: Int, _ p2: Int, spread: Rational = 1) -> (
    x: RationalMatrix, y: RationalMatrix
  ) {
    let x = rows(n, p1)
    let weights = rows(p1, p2) { $0.integer(-2...2) }
    return (x, x * weights + spread * rows(n, p2))
  }
}

extension RationalMatrix {
  /// The same with `offset` added to every entry.
  @inline(never) func shifted(by offset: Rational) -> RationalMatrix {
    RationalMatrix(rows: rows, columns: columns) { self[$0, $1] + offset }
  }

  /// The columns multiplied by these factors.
  @inline(never) func scalingColumns(_ factors: [Rational]) -> RationalMatrix {
    RationalMatrix(rows: rows, columns: columns) { self[$0, $1] * factors[$1] }
  }
}
