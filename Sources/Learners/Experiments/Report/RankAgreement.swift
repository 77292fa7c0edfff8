// SPDX-License-Identifier: GPL-3.0-or-later
/// Kendall's τ of two lists: the share of pairs that both order alike, minus that of pairs that they order differently.
///
/// A pair that ties in either list counts as neither (τ_a). NaN for fewer than two elements and where one of them is NaN.
///
/// - Precondition: the lists are equally long.
func kendallTau(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count, "a rank correlation needs pairs")
  guard (a + b).allSatisfy({ !$0.isNaN }) else { return .nan }
  var balance = 0
  for i in a.indices {
    for j in 0..<i {
      let product = (a[i] - a[j]) * (b[i] - b[j])
      balance += product > 0 ? 1 : product < 0 ? -1 : 0
    }
  }
  return Double(balance) / Double(a.count * (a.count - 1) / 2)
}
