// SPDX-License-Identifier: GPL-3.0-or-later
/// det Σ11 and det(Σ11 − Σ12Σ22⁻¹Σ21) as products of pivots of an elimination whose every operation carries its bound.
struct BoundedElimination {
  private var work: [BoundedDouble] = []

  /// Both determinants of a loaded problem, times the same power of 2.
  mutating func determinants(of filter: FilterWorkspace) -> (own: BoundedDouble, givenX2: BoundedDouble) {
    let (p, p1) = (filter.p, filter.problem.p1)
    return (product(filter, p..<(p + p1), from: p), product(filter, 0..<(p + p1), from: p))
  }

  /// The product of the pivots of the rows from `first` on, where the rows of `block` are eliminated.
  private mutating func product(_ filter: FilterWorkspace, _ block: Range<Int>, from first: Int) -> BoundedDouble {
    let size = block.count
    if work.count < size * size { work = [BoundedDouble](repeating: BoundedDouble(whole: 0), count: size * size) }
    for i in 0..<size {
      for j in 0...i {
        let entry = filter.g[(block.lowerBound + i) * filter.d + block.lowerBound + j]
        work[i * size + j] = BoundedDouble(entry, error: abs(entry) * 0x1p-52)
      }
    }
    var product = BoundedDouble(whole: 1)
    for step in 0..<size {
      let pivot = work[step * size + step]
      if block.lowerBound + step >= first { product = product * pivot }
      for i in (step + 1)..<max(size, step + 1) {
        let ratio = work[i * size + step] / pivot
        for j in (step + 1)...i { work[i * size + j] = work[i * size + j] - ratio * work[j * size + step] }
      }
    }
    return product
  }
}
