// SPDX-License-Identifier: GPL-3.0-or-later
/// The determinant of a small matrix by expansion along its first row: no division, so that it serves every arithmetic.
@inlinable public func determinant<Number: SignedScalar>(_ size: Int, _ entry: (Int, Int) -> Number) -> Number {
  switch size {
  case 0: return Number(whole: 1)
  case 1: return entry(0, 0)
  case 2: return entry(0, 0) * entry(1, 1) - entry(0, 1) * entry(1, 0)
  default:
    var sum = Number(whole: 0)
    for column in 0..<size {
      let minor = determinant(size - 1) { i, j in entry(i + 1, j < column ? j : j + 1) }
      let term = entry(0, column) * minor
      sum = column % 2 == 0 ? sum + term : sum - term
    }
    return sum
  }
}

/// Signs of several labels (q > 1).
extension ProblemMoments {
  /// Whether w1 and w* have full column rank, so that I(t;s) and I(s;y) are finite: cov(t) and cov(s) are definite.
  @inlinable public func hasFullRank() throws(Undecided) -> Bool {
    if try determinant(q, { total($0, $1) }).sign() == 0 { return false }
    return try determinant(q, { explained(q + $0, q + $1) }).sign() > 0
  }

  /// The sign of ΔI = I(t;s) − I(s;y) for vectors, where they have full rank.
  ///
  /// e^(2I(t;s)) = det T·det S/det J with T = cov(t), S = cov(s) and J = cov(t, s); e^(2I(s;y)) = det Y/det cov(y|x2).
  /// With the factor f in every entry, T and Y become fT and fY, and S, cov(t, s) and cov(y|x2) are what is stored.
  @inlinable public func signOfVectorDelta() throws(Undecided) -> Int {
    let (q, f) = (q, factor)
    let teacher = determinant(q) { f * self.total($0, $1) }
    let student = determinant(q) { self.explained(q + $0, q + $1) }
    let label = determinant(q) { f * self.total(q + $0, q + $1) }
    let open = determinant(q) { self.residual(q + $0, q + $1) }
    let joint = determinant(2 * q) { $0 < q && $1 < q ? f * self.total($0, $1) : self.explained($0, $1) }
    return try (teacher * student * open - label * joint).sign()
  }

  /// Whether cov(t) ⪯ cov(y): every principal minor of cov(y) − cov(t) is nonnegative.
  @inlinable public func teacherVariesNoMore() throws(Undecided) -> Bool {
    for subset in UInt(1)..<(1 << UInt(q)) {
      let minor = determinant(subset.nonzeroBitCount) { i, j in
        let (row, column) = (subset.placeOfBit(i), subset.placeOfBit(j))
        return self.total(q + row, q + column) - self.total(row, column)
      }
      if try minor.sign() < 0 { return false }
    }
    return true
  }
}

extension UInt {
  /// The place of the set bit that `index` others stand below.
  @inlinable func placeOfBit(_ index: Int) -> Int {
    var rest = self
    for _ in 0..<index { rest &= rest - 1 }
    return rest.trailingZeroBitCount
  }
}
