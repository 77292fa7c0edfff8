// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

extension Instance {
  /// The instance in which one coordinate of x1 is E[y | x1, x2], which the teacher predicts: the others, x2 and y are as they
  /// were, and so is what (x1, x2) tell of y; nil where x1 tells nothing beyond x2, or of several labels.
  ///
  /// An invertible map of the coordinates, so that Σ stays positive definite.
  func withJointTeacher() throws(InstanceError) -> Instance? {
    guard q == 1, let weights = Facts(self).jointTeacherWeights else { return nil }
    guard let place = x1.last(where: { weights[$0, 0].signum != 0 }) else { return nil }
    let map = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      if i != place { return i == j ? 1 : 0 }
      return j < weights.rows ? weights[j, 0] : 0
    }
    return try Instance(
      sigma: map * sigma * map.transposed, p1: p1, p2: p2,
      w1: RationalMatrix(rows: p1, columns: 1) { i, _ in i == place ? 1 : 0 }, n: n, lambda: lambda, p1a: p1a,
      extras: extras.fitting(self, p1: p1, p2: p2, keepsTeacher: false))
  }
}

extension InstanceExtras {
  /// The extras for an instance of fewer coordinates: without what is about the others.
  func fitting(_ instance: Instance, p1: Int, p2: Int, keepsTeacher: Bool = true) -> InstanceExtras {
    var extras = self
    if p1 != instance.p1 || !keepsTeacher {
      let second = secondTeacher?.selecting(rows: 0..<p1, columns: 0..<instance.q)
      let first = keepsTeacher ? instance.w1.selecting(rows: 0..<p1, columns: 0..<instance.q) : nil
      // Two teachers that see the same would be one.
      extras.secondTeacher = second == first || second?.isZero == true || !keepsTeacher && p1 == 1 ? nil : second
    }
    if p2 != instance.p2 { (extras.design, extras.rowMoments) = (nil, nil) }
    return extras
  }
}
