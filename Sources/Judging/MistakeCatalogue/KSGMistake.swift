// SPDX-License-Identifier: GPL-3.0-or-later
/// A mistake that programs make in KSG's estimate.
package struct KSGMistake: Sendable {
  /// What they compute, as the end of "every answer equals …".
  package let summary: String
  /// The variant that it is a mistake of; nil: of both.
  let variant: Int?
  private let change: @Sendable (inout KSGFormula) -> Void

  private init(_ summary: String, variant: Int? = nil, _ change: @escaping @Sendable (inout KSGFormula) -> Void) {
    (self.summary, self.variant, self.change) = (summary, variant, change)
  }

  /// The formula that a program with this mistake computes; nil where the mistake is another variant's.
  package func formula(variant: Int, k: Int) -> KSGFormula? {
    guard self.variant ?? variant == variant else { return nil }
    var formula = KSGFormula.textbook(variant: variant, k: k)
    change(&formula)
    return formula
  }

  /// All of them.
  package static let all: [KSGMistake] = [
    KSGMistake("the estimate with k − 1 in place of k") { $0.replaceK(by: $0.k - 1) },
    KSGMistake("the estimate with k + 1 in place of k") { $0.replaceK(by: $0.k + 1) },
    KSGMistake("the estimate with ψ(k) and the distance of the neighbour before the k-th") {
      ($0.k, $0.kShift) = ($0.k - 1, 1)
    },
    KSGMistake(
      "the estimate with ψ(k) and the distance of the neighbour after the k-th, as if a row were its own first"
    ) { ($0.k, $0.kShift) = ($0.k + 1, -1) },
    KSGMistake("the estimate with ln n in place of ψ(n)") { $0.hasLogarithm = true },
    KSGMistake("the estimate that counts a row among its own neighbours") { $0.countShift += 1 },
    KSGMistake("the estimate with ψ(n_x) in place of ψ(n_x + 1)", variant: 1) { $0.countShift = 0 },
    KSGMistake("the estimate with ψ(n_x + 1) in place of ψ(n_x)", variant: 2) { $0.countShift = 1 },
    KSGMistake("the estimate with neighbours up to the distance (≤) in place of inside it (<)", variant: 1) {
      $0.counting = .upTo
    },
    KSGMistake("the estimate with neighbours inside the distance (<) in place of up to it (≤)", variant: 2) {
      $0.counting = .rectangleInside
    },
    KSGMistake("the estimate without −1/k", variant: 2) { $0.inverseK = nil },
    KSGMistake("the estimate with −1/k, which only the second variant has", variant: 1) { $0.inverseK = $0.k },
    KSGMistake("the estimate with one distance for both sides, the first variant's", variant: 2) {
      $0.counting = .upTo
    },
    KSGMistake("the other variant's estimate") {
      $0 = .textbook(variant: $0.counting == .inside ? 2 : 1, k: $0.k)
    },
    KSGMistake("the estimate with Euclidean in place of maximum distances") { $0.metric = .euclidean },
    KSGMistake("the estimate with Euclidean distances in each side and their maximum") { $0.metric = .euclideanSides },
    KSGMistake("the estimate with sums of distances in place of maxima") { $0.metric = .sum },
    KSGMistake("the estimate with sums of distances in each side and their maximum") { $0.metric = .sumSides },
    KSGMistake("the estimate after each column was standardised") { $0.isStandardised = true },
    KSGMistake("the estimate cut off at 0") { $0.unit = .clipped },
  ]
}

extension KSGFormula {
  fileprivate mutating func replaceK(by k: Int) { (self.k, inverseK) = (k, inverseK.map { _ in k }) }
}
