// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

extension Hunt {
  /// A text that counterexamples have in common where one is the other in other coordinates.
  ///
  /// Where the claim is violated just as well by what the predictions t and s show of an instance, it does not depend on the coordinates
  /// of x1 and x2, and the covariance of t, s and y tells instances apart. Else permutations and signs of coordinates count for nothing,
  /// with the teacher's weights in step. A common scale never counts.
  public func symmetryKey(of instance: Instance) -> String {
    let isViolation = { (candidate: Instance) in claim.evaluate(Facts(candidate)).isViolation }
    // An image says as much as the instance only where sizes count for nothing: n − p2 stands in for n.
    if instance.extras.isEmpty, instance.q == 1, instance.p1a == nil, instance.n == nil,
      let image = instance.predictionsOnly, isViolation(image)
    {
      return "t, s, y: " + image.leastText(keepsX2: false)
    }
    return instance.leastText(keepsX2: claim.assumptions.contains(.severalInputs))
  }
}

extension Instance {
  /// The instance in which teacher and student see only t and s; nil where there is none.
  fileprivate var predictionsOnly: Instance? {
    images.first { $0.p1 == 1 && $0.p2 == 1 && $0.w1 == .identity(1) } ?? (p1 == 1 && p2 == 1 ? self : nil)
  }

  /// The least of the texts of the instance under permutations and signs of coordinates, with var(y) = 1.
  fileprivate func leastText(keepsX2: Bool) -> String {
    let size = sigma.rows
    let scale = sigma[size - 1, size - 1]
    let rest = "\(p1) \(p2) \(q) \(p1a ?? 0) \(n ?? 0) \(lambda ?? 0) \(extras)"
    // Extras name rows and weights of their own; many coordinates make too many texts. They are compared as they are.
    let isPlain = extras.isEmpty && size <= 6
    let changes =
      isPlain ? SignedPermutation.withWeights(p1: p1, p2: p2, q: q, keepsX1: p1a != nil, keepsX2: keepsX2) : []
    let texts = changes.map { change -> String in
      let entries = (0..<size).flatMap { i in
        (i..<size).map { j -> String in
          let value = sigma[change.source[i], change.source[j]] / scale
          return (change.sign[i] * change.sign[j] < 0 ? -value : value).description
        }
      }
      let weights = (0..<p1).flatMap { i in
        (0..<q).map { j -> String in
          let value = w1[change.source[i], j]
          return (change.sign[i] * change.sign[p1 + p2 + j] < 0 ? -value : value).description
        }
      }
      return (entries + ["|"] + weights).joined(separator: " ")
    }
    let own = (sigma.values.joined().map(\.description) + w1.values.joined().map(\.description)).joined(separator: " ")
    return "\(texts.min() ?? own) | \(rest)"
  }
}

extension SignedPermutation {
  /// All permutations of x1 and of x2, unless they are kept in order, with all signs of all coordinates.
  static func withWeights(p1: Int, p2: Int, q: Int, keepsX1: Bool, keepsX2: Bool) -> [SignedPermutation] {
    let (x1, x2) = (Array(0..<p1), Array(p1..<(p1 + p2)))
    let labels = Array((p1 + p2)..<(p1 + p2 + q))
    return (keepsX1 ? [x1] : permutations(x1)).flatMap { first in
      (keepsX2 ? [x2] : permutations(x2)).flatMap { second in
        (0..<(1 << (p1 + p2 + q))).map { bits in
          SignedPermutation(
            source: first + second + labels, sign: (0..<(p1 + p2 + q)).map { Int64(bits >> $0 & 1 == 0 ? 1 : -1) })
        }
      }
    }
  }
}
